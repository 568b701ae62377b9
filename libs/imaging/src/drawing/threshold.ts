import type { Plane } from '../pixels.js';
import { otsuThreshold } from './otsu-threshold.js';
import { withoutSpecks } from './without-specks.js';

/** How a light drawing is told from its dark ground. */
export type ThresholdSpec = (
  | { kind: 'otsu' }
  | {
      kind: 'adaptive-mean';
      /** Side of the surroundings, as a share of the plane's shorter side. */
      window: number;
      /** How much lighter than the mean of its surroundings a pixel of the drawing is. */
      offset: number;
    }
) & {
  /** Connected strokes with less than this share of the pixels of the largest are removed. */
  smallest: number;
};

/** A plane with 1 for the drawing and 0 for the rest. */
export function threshold(plane: Plane, spec: ThresholdSpec): Plane {
  return withoutSpecks(spec.kind === 'otsu' ? aboveOtsu(plane) : aboveSurroundings(plane, spec), spec.smallest);
}

function aboveOtsu(plane: Plane): Plane {
  const level = otsuThreshold(plane.values);
  return { ...plane, values: plane.values.map((value) => (value > level ? 1 : 0)) };
}

/** Surroundings are a square about the pixel, as far as it lies within the plane. */
function aboveSurroundings(plane: Plane, { window, offset }: { window: number; offset: number }): Plane {
  const { width, height, values } = plane;
  const radius = Math.max(1, Math.floor((window * Math.min(width, height)) / 2));
  const sums = summedAreas(plane);
  const result = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const sum = sums(right, bottom) - sums(left, bottom) - sums(right, top) + sums(left, top);
      const mean = sum / ((right - left) * (bottom - top));
      if (values[y * width + x]! > mean + offset) result[y * width + x] = 1;
    }
  }
  return { width, height, values: result };
}

/** The sum of all values left of `x` and above `y`. */
function summedAreas({ width, height, values }: Plane): (x: number, y: number) => number {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!;
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  return (x, y) => sums[y * stride + x]!;
}
