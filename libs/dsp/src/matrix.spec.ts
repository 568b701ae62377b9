import { expect, it } from '@jest/globals';
import { transpose } from './matrix.js';

it('transpose exchanges rows and columns', () => {
  const matrix = { rows: 2, columns: 3, data: Float32Array.of(1, 2, 3, 4, 5, 6) };
  expect(transpose(matrix)).toEqual({ rows: 3, columns: 2, data: Float32Array.of(1, 4, 2, 5, 3, 6) });
  expect(transpose(transpose(matrix))).toEqual(matrix);
});
