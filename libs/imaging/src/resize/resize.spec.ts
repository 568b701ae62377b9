import { describe, expect, it } from '@jest/globals';
import type { Plane } from '../pixels.js';
import { planeRaster } from '../rasters.js';
import { resize } from './resize.js';

function pattern(width: number, height: number): Plane {
  const value = (x: number, y: number): number => ((7 * y * y + 3 * x * x + 5 * x * y) % 97) / 96;
  const values = Float32Array.from({ length: width * height }, (_none, at) =>
    value(at % width, Math.floor(at / width)),
  );
  return { width, height, values };
}

/** What scikit-image 0.26 gives for the pattern: resize(order=1, mode='reflect', anti_aliasing=True), to 6 decimals. */
const references = [
  {
    from: [13, 9],
    to: [5, 4],
    expected: [
      0.155965, 0.478487, 0.445078, 0.469994, 0.438394, 0.536416, 0.480459, 0.443841, 0.537839, 0.370609, 0.471296,
      0.573345, 0.516876, 0.582913, 0.447655, 0.580407, 0.547516, 0.468552, 0.523025, 0.456976,
    ],
  },
  {
    from: [3, 12],
    to: [7, 3],
    expected: [
      0.268522, 0.254097, 0.297373, 0.340648, 0.346424, 0.352199, 0.350274, 0.56569, 0.568585, 0.5599, 0.551216,
      0.507325, 0.463433, 0.478064, 0.545943, 0.558234, 0.521361, 0.484487, 0.55449, 0.624493, 0.601159,
    ],
  },
  {
    from: [6, 1],
    to: [3, 2],
    expected: [0.022344, 0.209844, 0.613831, 0.022344, 0.209844, 0.613831],
  },
] as const;

describe('resizing', () => {
  it.each(references)('gives what scikit-image gives, from $from to $to', ({ from, to, expected }) => {
    const { width, height, values } = resize(planeRaster(pattern(from[0], from[1])), { width: to[0], height: to[1] });
    expect([width, height]).toEqual(to);
    expect(values).toHaveLength(expected.length);
    // The references are rounded to 6 decimals and the values between the steps to 32-bit floats.
    expected.forEach((value, at) => expect(Math.abs(values[at]! - value)).toBeLessThan(2e-6));
  });

  it('leaves an image of that size as it is', () => {
    expect(resize(planeRaster(pattern(11, 7)), { width: 11, height: 7 })).toEqual(pattern(11, 7));
  });

  it('keeps an even surface even, whatever the two sizes', () => {
    const even = { width: 37, height: 5, values: new Float32Array(37 * 5).fill(0.25) };
    for (const value of resize(planeRaster(even), { width: 28, height: 28 }).values) expect(value).toBeCloseTo(0.25, 6);
  });
});
