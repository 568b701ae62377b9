import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { largestError, report } from '../test-support/largest-error.js';
import { toDecibels } from './decibels.js';
import { plainDecibels } from './plain-decibels.js';

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

  it('is what plain code computes', () => {
    const powers = fc.float32Array({ min: 0, max: 2 ** 40, noNaN: true, maxLength: 9 });
    fc.assert(
      fc.property(powers, fc.constantFrom(20, 80, Infinity), (data, topDb) => {
        const power = { rows: 1, columns: data.length, data };
        const error = largestError(toDecibels(power, topDb).data, plainDecibels(power, topDb).data);
        expect(error).toBeLessThan(2e-5);
      }),
    );
  });

  it('is within 1e-5 dB of plain code, over more values than are in the memory at a time', () => {
    const data = Float32Array.from({ length: 70_001 }, (_, i) => 10 ** (-10 + (14 * i) / 70_000));
    const power = { rows: 1, columns: data.length, data };
    const error = largestError(toDecibels(power, Infinity).data, plainDecibels(power, Infinity).data);
    report('toDecibels against plain code', error, 1e-5);
    expect(error).toBeLessThan(1e-5);
    expect(largestError(toDecibels(power).data, plainDecibels(power, 80).data)).toBeLessThan(1e-5);
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
