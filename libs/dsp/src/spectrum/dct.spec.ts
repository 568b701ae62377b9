import { describe, expect, it } from '@jest/globals';
import { largestError } from '../../test-support/largest-error.js';
import { noise } from '../../test-support/signals.js';
import { newMatrix } from '../matrix.js';
import { dct, lifter } from './dct.js';

function identity(size: number) {
  const matrix = newMatrix(size, size);
  for (let i = 0; i < size; i++) matrix.data[i * size + i] = 1;
  return matrix;
}

describe('dct', () => {
  it.each([1, 2, 13, 40, 128])('is orthonormal for %i rows', (size) => {
    const { data } = dct(identity(size));
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        const product = data.subarray(a * size, (a + 1) * size).reduce((sum, x, i) => sum + x * data[b * size + i]!, 0);
        expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThan(1e-6);
      }
    }
  });

  it('gives a constant to its first coefficient alone', () => {
    const { data } = dct({ rows: 4, columns: 1, data: Float32Array.of(3, 3, 3, 3) });
    expect(data[0]).toBeCloseTo(6, 6);
    for (const value of data.subarray(1)) expect(Math.abs(value)).toBeLessThan(1e-6);
  });

  it('gives the first coefficients when fewer are wanted', () => {
    const matrix = { rows: 20, columns: 3, data: noise(60) };
    const some = dct(matrix, { coefficients: 5 });
    expect([some.rows, some.columns]).toEqual([5, 3]);
    expect(some.data).toEqual(dct(matrix).data.subarray(0, 15));
  });
});

describe('dct of other types', () => {
  it.each([2, 5, 40])('1, orthonormal, undoes itself on %i rows, and 3 undoes 2', (rows) => {
    const matrix = { rows, columns: 3, data: noise(3 * rows) };
    const [once, there] = [dct(matrix, { type: 1 }), dct(matrix, { type: 2 })];
    expect(largestError(dct(once, { type: 1 }).data, matrix.data)).toBeLessThan(1e-6);
    expect(largestError(dct(there, { type: 3 }).data, matrix.data)).toBeLessThan(1e-6);
  });

  it("in HTK's scale is the orthonormal one but for its first row", () => {
    const matrix = { rows: 8, columns: 2, data: noise(16) };
    const [htk, ortho] = [dct(matrix, { norm: 'htk' }).data, dct(matrix).data];
    expect(
      largestError(
        htk,
        ortho.map((value, i) => (i < 2 ? value * Math.SQRT2 : value)),
      ),
    ).toBeLessThan(1e-6);
  });

  it.each([
    ['more coefficients than rows', 4, { coefficients: 5 }],
    ['no coefficients', 4, { coefficients: 0 }],
    ['a single row of type 1', 1, { type: 1 }],
    ["HTK's scale of type 3", 4, { type: 3, norm: 'htk' }],
  ] as const)('refuses %s', (_, rows, spec) => {
    expect(() => dct({ rows, columns: 1, data: noise(rows) }, spec)).toThrow(RangeError);
  });
});

it('lifter with 0 leaves a cepstrum as it is, in an array of its own', () => {
  const matrix = { rows: 4, columns: 2, data: noise(8) };
  expect(lifter(matrix, 0)).toEqual(matrix);
  expect(lifter(matrix, 0).data).not.toBe(matrix.data);
});
