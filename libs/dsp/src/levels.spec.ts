import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { largestError, report } from '../test-support/largest-error.js';
import { levels, type LevelSpec } from './levels.js';
import { plainLevels } from './plain-levels.js';

const row = (data: Float32Array) => ({ rows: 1, columns: data.length, data });
const anySpecs = fc.record<LevelSpec>({
  least: fc.constantFrom(0, 1e-40, 1e-10, 1e-5),
  offset: fc.constantFrom(0, 1e-6, 1),
  perBel: fc.constantFrom(10, 20, Math.LN10),
  reference: fc.constantFrom<1 | 0.01 | 'max'>(1, 0.01, 'max'),
  range: fc.constantFrom(20, 80, Infinity),
});
const specs = anySpecs.filter(({ least, offset = 0 }) => least + offset > 0);

describe('levels', () => {
  it('are what plain code computes', () => {
    const values = fc.float32Array({ min: 0, max: 2 ** 40, noNaN: true, maxLength: 9 });
    fc.assert(
      fc.property(values, specs, (data, spec) => {
        // Roundings of levels up to 740.
        expect(largestError(levels(row(data), spec).data, plainLevels(row(data), spec).data)).toBeLessThan(2e-4);
      }),
    );
  });

  it('are within 1e-5 dB of plain code, over more values than are in the memory at a time', () => {
    const matrix = row(Float32Array.from({ length: 70_001 }, (_, i) => 10 ** (-10 + (14 * i) / 70_000)));
    for (const range of [80, Infinity]) {
      const spec: LevelSpec = { least: 1e-10, perBel: 10, range };
      const error = largestError(levels(matrix, spec).data, plainLevels(matrix, spec).data);
      report('decibels against plain code', error, 1e-5);
      expect(error).toBeLessThan(1e-5);
    }
  });

  it('refuse what could ask for the logarithm of 0', () => {
    expect(() => levels(row(Float32Array.of(1)), { least: 0, offset: 0, perBel: 10 })).toThrow(RangeError);
  });

  it('keep Infinity and what is no number', () => {
    const { data } = levels(row(Float32Array.of(1, NaN, Infinity)), { least: 1e-10, perBel: 10 });
    expect(data).toEqual(Float32Array.of(0, NaN, Infinity));
  });
});
