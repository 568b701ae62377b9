import type { Pixels, Plane } from './pixels.js';

/** Luminance of red, green and blue by ITU-R BT.709, rounded as in scikit-image's `rgb2gray`. */
const weights = { red: 0.2125, green: 0.7154, blue: 0.0721 };
const white = 255;

/** The image without its colours. */
export function toGrey({ width, height, rgb }: Pixels): Plane {
  const values = new Float32Array(width * height);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const [red, green, blue] = [rgb[3 * pixel]!, rgb[3 * pixel + 1]!, rgb[3 * pixel + 2]!];
    values[pixel] = (weights.red * red + weights.green * green + weights.blue * blue) / white;
  }
  return { width, height, values };
}

/** Dark becomes light and light dark. */
export function invert({ width, height, values }: Plane): Plane {
  return { width, height, values: values.map((value) => 1 - value) };
}
