import type { Plane } from '../pixels.js';
import { cropped, type Raster } from '../rasters.js';
import type { ResizeMethod } from './blends.js';
import { resize, type Size } from './resize.js';

export interface FitSpec extends Size {
  method?: ResizeMethod | undefined;
  /**
   * What is done where the proportions differ. Default `stretch`.
   *
   * - `stretch`: they are not kept
   * - `pad`: the whole image in the middle, as `tf.image.resize_with_pad`
   * - `crop`: the largest middle part of the right proportions, as Keras's `crop_to_aspect_ratio`
   */
  aspect?: 'stretch' | 'pad' | 'crop' | undefined;
  /** What is around an image that is padded. Default 0. */
  fill?: number | undefined;
}

/** An image as one of exactly `width` x `height` pixels. */
export function fitImage(raster: Raster, { width, height, method, aspect = 'stretch', fill = 0 }: FitSpec): Plane {
  switch (aspect) {
    case 'stretch':
      return resize(raster, { width, height }, method);
    case 'crop':
      return resize(cropped(raster, middlePart(raster, { width, height })), { width, height }, method);
    case 'pad': {
      const inner = sizeWithin(raster, { width, height });
      const left = Math.floor((width - inner.width) / 2);
      const top = Math.floor((height - inner.height) / 2);
      return placed(resize(raster, inner, method), { width, height }, { left, top, fill });
    }
  }
}

/** A plane on a larger one of even brightness. It must fit. */
export function placed(
  { width, height, values }: Plane,
  size: Size,
  { left, top, fill }: { left: number; top: number; fill: number },
): Plane {
  const whole = new Float32Array(size.width * size.height).fill(fill);
  for (let y = 0; y < height; y++)
    whole.set(values.subarray(y * width, (y + 1) * width), (top + y) * size.width + left);
  return { width: size.width, height: size.height, values: whole };
}

/** The largest size of an image's proportions that fits into another, rounded down. */
function sizeWithin(from: Size, into: Size): Size {
  const ratio = Math.max(from.width / into.width, from.height / into.height);
  const side = (length: number) => Math.max(1, Math.floor(length / ratio));
  return { width: side(from.width), height: side(from.height) };
}

function middlePart(from: Size, { width, height }: Size): Size & { left: number; top: number } {
  const part = {
    width: Math.max(1, Math.min(from.width, Math.floor((from.height * width) / height))),
    height: Math.max(1, Math.min(from.height, Math.floor((from.width * height) / width))),
  };
  const left = Math.floor((from.width - part.width) / 2);
  const top = Math.floor((from.height - part.height) / 2);
  return { ...part, left, top };
}
