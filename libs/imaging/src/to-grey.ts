import type { Pixels, Plane } from './pixels.js';

/** Luminance of red, green and blue by ITU-R BT.709, rounded as in scikit-image's `rgb2gray`. */
const weights = { red: 0.2125, green: 0.7154, blue: 0.0721 };
const white = 255;

/** The image without its colours. */
export function toGrey({ width, height, rgb }: Pixels): Plane {
  const values = Float32Array.from({ length: width * height }, (_none, pixel) => {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(3 * pixel, 3 * pixel + 3);
    return (weights.red * red + weights.green * green + weights.blue * blue) / white;
  });
  return { width, height, values };
}

/** Dark becomes light and light dark. */
export function invert({ width, height, values }: Plane): Plane {
  return { width, height, values: values.map((value) => 1 - value) };
}
