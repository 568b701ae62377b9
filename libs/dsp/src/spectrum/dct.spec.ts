import { describe, expect, it } from '@jest/globals';
import { noise } from '../../test-support/signals.js';
import { newMatrix } from '../matrix.js';
import { dct2 } from './dct.js';

function identity(size: number) {
  const matrix = newMatrix(size, size);
  for (let i = 0; i < size; i++) matrix.data[i * size + i] = 1;
  return matrix;
}

describe('dct2', () => {
  it.each([1, 2, 13, 40, 128])('is orthonormal for %i rows', (size) => {
    const { data } = dct2(identity(size));
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        const product = data.subarray(a * size, (a + 1) * size).reduce((sum, x, i) => sum + x * data[b * size + i]!, 0);
        expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThan(1e-6);
      }
    }
  });

  it('gives a constant to its first coefficient alone', () => {
    const { data } = dct2({ rows: 4, columns: 1, data: Float32Array.of(3, 3, 3, 3) });
    expect(data[0]).toBeCloseTo(6, 6);
    for (const value of data.subarray(1)) expect(Math.abs(value)).toBeLessThan(1e-6);
  });

  it('gives the first coefficients when fewer are wanted', () => {
    const matrix = { rows: 20, columns: 3, data: noise(60) };
    const some = dct2(matrix, 5);
    expect([some.rows, some.columns]).toEqual([5, 3]);
    expect(some.data).toEqual(dct2(matrix).data.subarray(0, 15));
  });
});
