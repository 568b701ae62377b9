import { describe, expect, it } from '@jest/globals';
import { noise } from '../test-support/signals.js';
import type { Matrix } from './matrix.js';
import { rescale, standardise } from './normalise.js';

const matrix: Matrix = { rows: 2, columns: 4, data: Float32Array.of(1, 2, 3, 4, 10, 10, 10, 10) };
const rows = ({ data, columns }: Matrix) => [data.subarray(0, columns), data.subarray(columns)];

describe('standardise', () => {
  it('gives each row the mean 0 and the deviation 1', () => {
    for (const row of rows(standardise({ rows: 2, columns: 50, data: noise(100).map((value) => 9 + 3 * value) }))) {
      expect(row.reduce((sum, value) => sum + value, 0) / 50).toBeCloseTo(0, 5);
      expect(row.reduce((sum, value) => sum + value ** 2, 0) / 50).toBeCloseTo(1, 5);
    }
  });

  it('makes a row that does not change 0', () => {
    expect([...standardise(matrix).data.subarray(4)]).toEqual([0, 0, 0, 0]);
  });

  it.each([
    [{ mean: 'matrix', std: 1 } as const, [-5.25, -4.25, -3.25, -2.25, 3.75, 3.75, 3.75, 3.75]],
    [{ mean: 1, std: 2 }, [0, 0.5, 1, 1.5, 4.5, 4.5, 4.5, 4.5]],
    [{ mean: [1, 10], std: [0.5, 4] }, [0, 2, 4, 6, 0, 0, 0, 0]],
    [{ mean: 0, std: [1, 5], leastStd: 2 }, [0.5, 1, 1.5, 2, 2, 2, 2, 2]],
    [{ mean: 'row', std: 1 } as const, [-1.5, -0.5, 0.5, 1.5, 0, 0, 0, 0]],
  ])('%j', (spec, expected) => {
    expect([...standardise(matrix, spec).data]).toEqual(expected);
  });

  it('refuses a list of another length', () => {
    expect(() => standardise(matrix, { mean: [1] })).toThrow(RangeError);
    expect(() => standardise(matrix, { std: [1, 2, 3] })).toThrow(RangeError);
  });
});

describe('rescale', () => {
  it.each([
    [{ highest: 9 }, [0, 1, 2, 3, 9, 9, 9, 9]],
    [{ lowest: -9, highest: 9 }, [-9, -7, -5, -3, 9, 9, 9, 9]],
    [{ over: 'row', highest: 3 } as const, [0, 1, 2, 3, 0, 0, 0, 0]],
  ])('%j', (spec, expected) => {
    expect([...rescale(matrix, spec).data]).toEqual(expected);
  });

  it('stays within 0 and 1, in an array of its own', () => {
    const before = matrix.data.slice();
    expect(rescale(matrix).data.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(matrix.data).toEqual(before);
  });
});
