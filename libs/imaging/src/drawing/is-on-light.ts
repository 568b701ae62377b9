import type { Plane } from '../pixels.js';
import type { Raster } from '../rasters.js';
import { resize } from '../resize/resize.js';
import { otsuThreshold } from './otsu-threshold.js';

/** Pixels of the longer side that brightness is judged at. */
const longerSide = 256;

/**
 * True when an image's border is light: when the mean of its outermost fiftieth is above {@link otsuThreshold}, as of a
 * drawing on paper. Judged on the image reduced to 256 pixels; an even image is not on light.
 */
export function isOnLight(raster: Raster): boolean {
  const plane = reduced(raster, longerSide);
  return borderMean(plane) > otsuThreshold(plane.values);
}

/** A raster as a plane whose longer side has at most so many pixels, its proportions kept; by the means of areas. */
export function reduced(raster: Raster, longest: number): Plane {
  const ratio = Math.max(1, Math.max(raster.width, raster.height) / longest);
  const side = (length: number) => Math.max(1, Math.round(length / ratio));
  return resize(raster, { width: side(raster.width), height: side(raster.height) }, 'area');
}

function borderMean({ width, height, values }: Plane): number {
  const border = Math.max(1, Math.round(Math.min(width, height) / 50));
  let [sum, count] = [0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isInside = x >= border && y >= border && x < width - border && y < height - border;
      if (isInside) continue;
      sum += values[y * width + x]!;
      count += 1;
    }
  return sum / count;
}
