import { expect, it } from '@jest/globals';
import { median } from './median.js';

it.each([
  [[3], 3],
  [[3, 1], 2],
  [[10, 9, 1], 9],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});
