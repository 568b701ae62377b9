import { describe, expect, it } from '@jest/globals';
import { toDecibels } from './decibels.js';

const decibels = (powers: number[], topDb?: number) => [
  ...toDecibels({ rows: 1, columns: powers.length, data: Float32Array.from(powers) }, topDb).data,
];

describe('toDecibels', () => {
  it('is ten times the logarithm of the power', () => {
    for (const [power, level] of [
      [1, 0],
      [10, 10],
      [0.5, -3.0103],
    ] as const)
      expect(decibels([power])[0]).toBeCloseTo(level, 4);
  });

  it('ends at -100 dB', () => {
    expect(decibels([0, 1e-10, 1e-11, 0, 1e-39])).toEqual([-100, -100, -100, -100, -100]);
  });

  it('raises what lies more than 80 dB below the loudest', () => {
    expect(decibels([10, 1e-6, 1e-9]).map(Math.round)).toEqual([10, -60, -70]);
  });

  it.each([
    [40, [0, -30, -40]],
    [Infinity, [0, -30, -90]],
  ] as const)('takes another range: %d dB', (topDb, levels) => {
    expect(decibels([1, 1e-3, 1e-9], topDb).map(Math.round)).toEqual(levels);
  });
});
