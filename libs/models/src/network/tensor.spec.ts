import { expect, it } from '@jest/globals';

import { isAllFinite } from './tensor.js';

it.each<[number[], boolean]>([
  [[], true],
  [[-0, 1e-45, -3.4e38], true],
  [[1, NaN, 1], false],
  [[Infinity, -Infinity], false],
  [[0, 0, -Infinity], false],
])('that all of %j are finite is %s', (values, expected) => {
  expect(isAllFinite(Float32Array.from(values))).toBe(expected);
});
