import { expect, it } from '@jest/globals';
import { noise } from '../test-support/signals.js';
import { plainWeightedSums } from './plain-weighted-sums.js';

it.each([0, 1, 3, 4, 7, 9])('plainWeightedSums is the matrix product for a run of %i weights', (length) => {
  const matrix = { rows: 12, columns: 5, data: noise(60) };
  const [first, weights] = [2, Float64Array.from(noise(length, 7))];
  const product = plainWeightedSums([{ first, weights }], matrix);
  const expected = [0, 1, 2, 3, 4].map((column) =>
    weights.reduce((sum, weight, i) => sum + weight * matrix.data[(first + i) * 5 + column]!, 0),
  );
  expect([product.rows, product.columns]).toEqual([1, 5]);
  product.data.forEach((value, column) => expect(value).toBeCloseTo(expected[column]!, 6));
});
