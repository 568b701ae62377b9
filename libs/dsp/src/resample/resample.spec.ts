import { describe, expect, it } from '@jest/globals';
import { largestError } from '../../test-support/largest-error.js';
import { plainResample } from '../../test-support/plain-resample.js';
import { noise, sine } from '../../test-support/signals.js';
import { SignalError } from '../signal-error.js';
import { resample } from './resample.js';
import { resamplers } from './resampler.js';

const rates = [
  [16_000, 22_050],
  [8000, 16_000],
  [22_050, 16_000],
  [48_000, 16_000],
  [44_100, 22_050],
  [11_025, 8000],
  [7919, 8000],
] as const;
const settings = rates.flatMap(([from, to]) => resamplers.map((name) => ({ from, to, name })));

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
