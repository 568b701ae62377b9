import { describe, expect, it } from '@jest/globals';

import { differencesOf } from './differences.js';

const of = (...values: number[]) => [Float32Array.of(...values)];

describe('the differences of outputs', () => {
  it('may be 1e-5 and 1e-5 of the value', () => {
    expect(differencesOf(of(0.25, 100.001), of(0.25, 100)).fault).toBeUndefined();
    expect(differencesOf(of(0.25, 100.01), of(0.25, 100)).fault).toMatchObject({ output: 0, index: 1, expected: 100 });
  });

  it.each([NaN, Infinity, -Infinity])('are too large where %p stands against a number, on either side', (value) => {
    expect(differencesOf(of(value), of(1)).fault).toBeDefined();
    expect(differencesOf(of(1), of(value)).fault).toBeDefined();
  });

  it('are too large where a value is missing', () => {
    expect(differencesOf(of(1), of(1, 2)).fault).toMatchObject({ index: 1 });
  });
});
