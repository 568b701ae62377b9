import { describe, expect, it } from '@jest/globals';
import { largestError } from '../../test-support/largest-error.js';
import { noise, sine } from '../../test-support/signals.js';
import { SignalError } from '../signal-error.js';
import { kaiserFilter, type Resampler } from './kaiser-filter.js';
import { resample } from './resample.js';

/** resampy 0.2.2's loop, output by output in double precision, with exact output times. */
function plainResample(samples: Float32Array, fromRate: number, toRate: number, resampler: Resampler): number[] {
  const { values, precision } = kaiserFilter(resampler);
  const scale = Math.min(1, toRate / fromRate);
  const step = Math.floor(scale * precision);
  const wing = (start: number, sampleAt: (i: number) => number) => {
    const offset = Math.floor(start);
    let sum = 0;
    for (let i = 0; i < Math.floor((values.length - offset) / step); i++) {
      const at = offset + i * step;
      const weight = values[at]! + (start - offset) * ((values[at + 1] ?? 0) - values[at]!);
      sum += scale * weight * sampleAt(i);
    }
    return sum;
  };
  return Array.from({ length: Math.floor((samples.length * toRate) / fromRate) }, (_, output) => {
    const [n, rest] = [Math.floor((output * fromRate) / toRate), (output * fromRate) % toRate];
    const before = (scale * precision * rest) / toRate;
    return wing(before, (i) => samples[n - i] ?? 0) + wing(scale * precision - before, (k) => samples[n + k + 1] ?? 0);
  });
}

const rates = [
  [16_000, 22_050],
  [8000, 16_000],
  [22_050, 16_000],
  [48_000, 16_000],
  [44_100, 22_050],
  [11_025, 8000],
  [7919, 8000],
] as const;
const settings = rates.flatMap(([from, to]) =>
  (['kaiser_fast', 'kaiser_best'] as const).map((name) => ({ from, to, name })),
);

describe('resample', () => {
  it.each(settings)('$name from $from to $to Hz gives the numbers of the plain definition', ({ from, to, name }) => {
    const samples = noise(1000);
    const [actual, expected] = [resample(samples, from, to, name), plainResample(samples, from, to, name)];
    expect(actual).toHaveLength(Math.ceil((1000 * to) / from));
    expect(largestError(actual.subarray(0, expected.length), expected)).toBeLessThan(1e-6);
    expect([...actual.subarray(expected.length)].every((sample) => sample === 0)).toBe(true);
  });

  it.each(settings)('$name from $from to $to Hz keeps a sine what it is', ({ from, to, name }) => {
    const [hz, seconds] = [1000, 0.5];
    const actual = resample(sine(hz, from, from * seconds), from, to, name);
    const inner = [Math.round(0.1 * to), Math.round(0.4 * to)] as const;
    // The table steps in whole entries, so that the gain of a lowered rate is off by up to 0.3 %.
    expect(largestError(actual.subarray(...inner), sine(hz, to, to * seconds).subarray(...inner))).toBeLessThan(2e-3);
  });

  it('takes out what the lower rate cannot hold', () => {
    const actual = resample(sine(7000, 16_000, 8000), 16_000, 8000, 'kaiser_best');
    expect(actual.subarray(500, 3500).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(1e-4);
  });

  it('copies nothing when the rates are equal', () => {
    const samples = noise(10);
    expect(resample(samples, 8000, 8000, 'kaiser_fast')).toBe(samples);
  });

  it('of nothing is nothing', () => {
    expect(resample(new Float32Array(), 8000, 16_000, 'kaiser_fast')).toHaveLength(0);
  });

  it.each([
    ['a rate 512 times lower', 512_000, 1000, 10],
    ['a rate 512 times higher', 8, 16_000, 10],
    ['more than memory holds', 44, 22_050, 2 ** 20],
  ])('refuses %s', (_, from, to, length) => {
    expect(() => resample(new Float32Array(length), from, to, 'kaiser_fast')).toThrow(SignalError);
  });
});
