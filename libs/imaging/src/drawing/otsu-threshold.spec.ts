import { describe, expect, it } from '@jest/globals';
import { pattern } from '../../test-support/pattern.js';
import { readReferences } from '../../test-support/references.js';
import { otsuThreshold } from './otsu-threshold.js';

describe("Otsu's threshold", () => {
  it.each([
    [13, 9],
    [40, 31],
  ])('of a pattern of %i x %i is that of scikit-image', (width, height) => {
    const [expected] = readReferences('scikit-image')[`otsu ${width}x${height}`]!;
    const squared = pattern(width, height).values.map((value) => value * value);
    expect(otsuThreshold(squared)).toBeCloseTo(expected!, 6);
  });

  it('parts two levels, and of one is that one', () => {
    const level = otsuThreshold(Float32Array.of(0.25, 0.25, 0.25, 0.75));
    expect(level).toBeGreaterThan(0.25);
    expect(level).toBeLessThan(0.75);
    expect(otsuThreshold(new Float32Array(9).fill(0.5))).toBe(0.5);
  });
});
