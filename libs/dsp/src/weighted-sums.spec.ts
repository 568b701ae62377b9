import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { largestError } from '../test-support/largest-error.js';
import { noise } from '../test-support/signals.js';
import { plainWeightedSums } from './plain-weighted-sums.js';
import { weightedSums } from './weighted-sums.js';

const runs = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 20 });

/** Runs anywhere within so many rows, some of them empty. */
function withinRows(rows: number, numbers: [number, number][]) {
  return numbers.map(([a, b], i) => {
    const first = a % (rows + 1);
    return { first, weights: Float64Array.from(noise(b % (rows - first + 1), i + 1)) };
  });
}

describe('weightedSums', () => {
  it('is what plain code computes', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 70 }));
    fc.assert(
      fc.property(sizes, runs, ([rows, columns], numbers) => {
        const matrix = { rows, columns, data: noise(rows * columns) };
        const weights = withinRows(rows, numbers);
        const [actual, expected] = [weightedSums(weights, matrix), plainWeightedSums(weights, matrix)];
        expect([actual.rows, actual.columns]).toEqual([expected.rows, expected.columns]);
        expect(largestError(actual.data, expected.data)).toBeLessThan(3e-6);
      }),
    );
  });

  it.each([
    [300, 1001],
    [20_000, 5],
    [70_000, 4],
  ])('is right for a matrix of %i x %i, larger than the memory of the kernels', (rows, columns) => {
    const matrix = { rows, columns, data: noise(rows * columns) };
    const weights = [10, 0, 200].map((length) => ({ first: 50, weights: Float64Array.from(noise(length, 7)) }));
    const error = largestError(weightedSums(weights, matrix).data, plainWeightedSums(weights, matrix).data);
    expect(error).toBeLessThan(3e-6);
  });
});
