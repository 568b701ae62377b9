import type { Plane } from '../src/pixels.js';

/** The pattern of references/pattern.py, from 0 to 1. */
export function pattern(width: number, height: number): Plane {
  const value = (x: number, y: number): number => ((7 * y * y + 3 * x * x + 5 * x * y) % 97) / 96;
  const values = Float32Array.from({ length: width * height }, (_none, at) =>
    value(at % width, Math.floor(at / width)),
  );
  return { width, height, values };
}
