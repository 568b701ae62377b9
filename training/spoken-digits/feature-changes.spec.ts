import { describe, expect, it } from '@jest/globals';

import { newRandom } from '../random.js';
import { masked, recoloured } from './feature-changes.js';

const shape = [44, 13] as const;
const ones = new Float32Array(44 * 13).fill(1);

describe('masked', () => {
  it('blanks whole frames and whole coefficients, at most a sixth of either, and nothing else', () => {
    const random = newRandom(1);
    for (let round = 0; round < 100; round++) {
      const result = masked(ones, shape, random);
      const rows = Array.from({ length: 44 }, (_, row) => result.subarray(row * 13, row * 13 + 13));
      const blankRows = rows.filter((row) => row.every((value) => value === 0)).length;
      const blankColumns = ones.subarray(0, 13).filter((_, column) => rows.every((row) => row[column] === 0)).length;
      expect(blankRows).toBeLessThanOrEqual(44 / 6);
      expect(blankColumns).toBeLessThanOrEqual(13 / 6);
      expect(result.filter((value) => value === 1)).toHaveLength((44 - blankRows) * (13 - blankColumns));
    }
  });
});

describe('recoloured', () => {
  it('adds the same to every frame, and to each coefficient something of its own', () => {
    const result = recoloured(ones, shape, 0.5, newRandom(1));
    const first = result.subarray(0, 13);
    for (let row = 1; row < 44; row++) expect(result.subarray(row * 13, row * 13 + 13)).toEqual(first);
    expect(new Set(first).size).toBe(13);
  });
});
