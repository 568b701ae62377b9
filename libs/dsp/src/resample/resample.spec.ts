import { afterAll, describe, expect, it } from '@jest/globals';
import { largestError, report } from '../../test-support/largest-error.js';
import { plainResample } from '../../test-support/plain-resample.js';
import { noise, sine } from '../../test-support/signals.js';
import { SignalError } from '../signal-error.js';
import { resample } from './resample.js';
import { resamplers, type Resampler } from './resampler.js';

const rates = [
  [16_000, 22_050],
  [8000, 16_000],
  [22_050, 16_000],
  [48_000, 16_000],
  [44_100, 22_050],
  [11_025, 8000],
  [7919, 8000],
] as const;
/** Sums and weights are single precision. */
const tolerance = 1e-6;
const settings = rates.flatMap(([from, to]) => resamplers.map((name) => ({ from, to, name })));

describe('resample', () => {
  let worst = 0;
  afterAll(() => report('resampled noise, at most 0.5', worst, tolerance));

  it.each(settings)('$name from $from to $to Hz gives the numbers of the plain definition', ({ from, to, name }) => {
    const samples = noise(1000);
    const error = largestError(resample(samples, from, to, name), plainResample(samples, from, to, name));
    worst = Math.max(worst, error);
    expect(error).toBeLessThan(tolerance);
  });

  it('computes the last sample as librosa does: resampy rounds the length down, soxr to the nearest', () => {
    const endsInZero = (length: number, name: Resampler) => resample(noise(length), 16_000, 22_050, name).at(-1) === 0;
    // 1378.125, 1379.50, 1380.88 and 1323 samples, and half a sample more than 220
    expect([1000, 1001, 1002, 960, 160].map((length) => endsInZero(length, 'kaiser_fast'))).toEqual([
      true,
      true,
      true,
      false,
      true,
    ]);
    expect([1000, 1001, 1002, 960, 160].map((length) => endsInZero(length, 'soxr_hq'))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it.each(settings)('$name from $from to $to Hz keeps a sine what it is', ({ from, to, name }) => {
    const [hz, seconds] = [1000, 0.5];
    const actual = resample(sine(hz, from, from * seconds), from, to, name);
    const inner = [Math.round(0.1 * to), Math.round(0.4 * to)] as const;
    const error = largestError(actual.subarray(...inner), sine(hz, to, to * seconds).subarray(...inner));
    // resampy's tables step in whole entries, so that the gain of a lowered rate is off by up to 0.3 %.
    expect(error).toBeLessThan(name === 'soxr_hq' ? 1e-5 : 2e-3);
  });

  it.each([
    ['kaiser_best', 7000, 1e-4],
    ['soxr_hq', 4001, 5e-6],
    ['soxr_hq', 7000, 5e-6],
  ] as const)('%s takes out what the lower rate cannot hold, such as %d Hz', (name, hz, most) => {
    const actual = resample(sine(hz, 16_000, 8000), 16_000, 8000, name);
    expect(largestError(actual.subarray(500, 3500), new Float32Array(3000))).toBeLessThan(most);
  });

  it.each(settings)('$name from $from to $to Hz takes 1e-30, which would make it slow, for silence', (setting) => {
    const tiny = noise(1000).map((sample) => 1e-30 * sample);
    expect(resample(tiny, setting.from, setting.to, setting.name).every((sample) => sample === 0)).toBe(true);
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
