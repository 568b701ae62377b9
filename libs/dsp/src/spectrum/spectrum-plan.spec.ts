import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noise, sine } from '../../test-support/signals.js';
import { melFilterBank } from '../mel/filter-bank.js';
import { melSpectrogram, plainMelSpectrogram } from '../mel/mel-spectrogram.js';
import type { Matrix } from '../matrix.js';
import type { FrameSpec } from './frames.js';
import { plainPowers } from './plain-spectra.js';
import { hasKernels } from './spectrum-plan.js';
import { powerSpectrogram } from './stft.js';

/**
 * The largest error of any value, relative to the largest value of its column in `spectrum`, times the gain of its row.
 */
function worst(actual: Matrix, expected: Matrix, spectrum = expected, gains?: number[]): number {
  expect([actual.rows, actual.columns]).toEqual([expected.rows, expected.columns]);
  const { columns, data } = expected;
  const largest = new Float64Array(columns).fill(1e-30);
  spectrum.data.forEach((value, i) => (largest[i % columns] = Math.max(largest[i % columns]!, value)));
  return data.reduce((error, value, i) => {
    const gain = gains?.[Math.floor(i / columns)] ?? 1;
    const distance = Math.abs(actual.data[i]! - value);
    return distance <= error * gain * largest[i % columns]! ? error : distance / (gain * largest[i % columns]!);
  }, 0);
}

/** Some rounding errors of a float a pass; a wrong twiddle misses it by far. */
const tolerance = 2e-6;

const specs: fc.Arbitrary<FrameSpec> = fc
  .record({
    fft: fc.oneof(
      fc.integer({ min: 2, max: 13 }).map((power) => 2 ** power),
      fc.integer({ min: 2, max: 1200 }),
    ),
    hop: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 41, max: 9000 })),
    centered: fc.boolean(),
    windowPart: fc.double({ min: 0.3, max: 1, noNaN: true }),
    window: fc.constantFrom('hann', 'ones', 'hamming'),
    padding: fc.constantFrom('zeros', 'reflect', 'edge'),
    power: fc.constantFrom(1, 2),
  })
  .map(({ windowPart, ...spec }) => ({ ...spec, windowLength: Math.ceil(windowPart * spec.fft) }));
const cases = fc
  .tuple(specs, fc.integer({ min: 1, max: 11 }), fc.integer({ min: 0, max: 8999 }), fc.integer({ min: 1, max: 1e6 }))
  .map(([spec, frames, more, seed]) => {
    const least = spec.centered ? 1 : spec.fft;
    return { spec, samples: noise(least + (frames - 1) * spec.hop + (more % spec.hop), seed) };
  });

describe('plans', () => {
  it('measure the powers of bins as plain code does', () => {
    fc.assert(
      fc.property(cases, ({ spec, samples }) => {
        expect(worst(powerSpectrogram(samples, spec), plainPowers(samples, spec))).toBeLessThan(tolerance);
      }),
    );
  });

  it('measure the powers and magnitudes of bands as plain code does', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 60 }), ({ spec, samples }, mels) => {
        const melSpec = { ...spec, mels, sampleRate: 16_000 };
        const bands = [melSpectrogram(samples, melSpec), plainMelSpectrogram(samples, melSpec)] as const;
        const bins = plainPowers(samples, spec);
        if (spec.power === 1) bins.data = bins.data.map(Math.sqrt);
        // Errors are those of bins, of which the loudest may be in no band.
        const gains = melFilterBank(melSpec).filters.map(({ weights }) => weights.reduce((a, b) => a + b, 0));
        expect(worst(...bands, bins, gains)).toBeLessThan(tolerance);
      }),
    );
  });

  it.each([2, 4, 6, 8, 10, 14, 16, 18, 50, 62, 64, 128, 400, 480, 512, 882, 1024, 2048, 4096, 8192, 65_536])(
    'are right for fft %i',
    (fft) => {
      const samples = noise(2 * fft, fft);
      const spec = { fft, hop: Math.ceil(fft / 3) };
      expect(worst(powerSpectrogram(samples, spec), plainPowers(samples, spec))).toBeLessThan(tolerance);
    },
  );

  it('measure long recordings block by block', () => {
    const [samples, spec] = [noise(30_000), { fft: 16, hop: 1, sampleRate: 8000, mels: 5 }];
    expect(worst(melSpectrogram(samples, spec), plainMelSpectrogram(samples, spec))).toBeLessThan(tolerance);
    const bins = { fft: 4096, hop: 200 };
    expect(worst(powerSpectrogram(samples, bins), plainPowers(samples, bins))).toBeLessThan(tolerance);
  });

  const made = (at: (i: number) => number) => Float32Array.from({ length: 20_000 }, (_, i) => at(i));
  it.each<[string, Float32Array]>([
    ['silence', new Float32Array(20_000)],
    ['a full-scale square wave', made((i) => (i % 50 < 25 ? 1 : -1))],
    ['a constant', made(() => 1)],
    ['samples of a million', made((i) => 1e6 * Math.sin(i))],
    ['samples of 1e12', made((i) => 1e12 * Math.sin(i))],
    ['a decay to nothing', made((i) => Math.sin(i) * Math.exp(-i / 150))],
    ['the smallest floats', made((i) => (i % 7) * 1e-39)],
    ['a click', made((i) => (i === 9000 ? 1 : 0))],
    ['a sine', sine(440, 22_050, 20_000)],
  ])('measure %s as plain code does', (_, samples) => {
    const spec = { fft: 2048, hop: 512, sampleRate: 22_050, mels: 40 };
    const bands = melSpectrogram(samples, spec);
    expect(bands.data.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    // Below -250 dB it is nothing.
    const expected = plainMelSpectrogram(samples, spec);
    expected.data.forEach((value, i) => value < 1e-25 && (expected.data[i] = 0));
    bands.data.forEach((value, i) => value < 1e-25 && (bands.data[i] = 0));
    expect(worst(bands, expected)).toBeLessThan(tolerance);
  });

  it.each([0, 1, 5000, 9999])('refuse a sample at %i that is no number or too large', (index) => {
    for (const spec of [
      { fft: 512, hop: 100 },
      { fft: 64, hop: 700, centered: false },
      { fft: 100, hop: 50 },
    ]) {
      for (const value of [NaN, Infinity, -1e13]) {
        const samples = noise(10_000);
        samples[index] = value;
        expect(() => powerSpectrogram(samples, spec)).toThrow(`sample ${index} is `);
      }
    }
  });

  it.each([
    { fft: 50, hop: 20 },
    { fft: 50, hop: 70 },
    { fft: 64, hop: 16 },
  ])('forget a recording that was refused: fft $fft, hop $hop', (spec) => {
    const samples = noise(1000);
    const before = powerSpectrogram(samples, spec);
    expect(() => powerSpectrogram(new Float32Array(2000).fill(NaN), spec)).toThrow('sample 0 is NaN');
    expect(powerSpectrogram(samples, spec)).toEqual(before);
  });

  it.each([0, -2, 2.5, NaN, 441, 2 * 37, 131_072])('leave fft %d to plain code', (fft) => {
    expect(hasKernels(fft)).toBe(false);
  });
});
