import { describe, expect, it } from '@jest/globals';
import { noise, sine } from '../../test-support/signals.js';
import { SignalError } from '../signal-error.js';
import { frameCount, frameWindow, type FrameSpec } from './frames.js';
import { powerSpectrogram, stft } from './stft.js';

const grid = [2, 64, 100, 2048].flatMap((fft) =>
  [1, 37, 512].flatMap((hop) =>
    [1, 63, 3000].flatMap((length) => [true, false].map((centered) => ({ fft, hop, centered, length }))),
  ),
);
const possible = grid.filter(({ fft, length, centered, hop }) => (centered || length >= fft) && length / hop < 100);

describe('powerSpectrogram', () => {
  it.each(possible)('of $length samples, fft $fft, hop $hop, centered $centered: shape and finite values', (spec) => {
    const power = powerSpectrogram(noise(spec.length), spec);
    const frames = spec.centered
      ? 1 + Math.floor(spec.length / spec.hop)
      : 1 + Math.floor((spec.length - spec.fft) / spec.hop);
    expect([power.rows, power.columns]).toEqual([1 + spec.fft / 2, frames]);
    expect(power.data.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  });

  it('is the squared magnitude of stft', () => {
    const [samples, spec] = [noise(3000), { fft: 256, hop: 100 }];
    const { real, imaginary } = stft(samples, spec);
    powerSpectrogram(samples, spec).data.forEach((power, i) => {
      expect(power).toBeCloseTo(real.data[i]! ** 2 + imaginary.data[i]! ** 2, 4);
    });
  });

  it.each([500, 1000, 2750])('of a sine of %i Hz has its peak in that bin, in every frame', (hz) => {
    const [sampleRate, spec] = [8000, { fft: 512, hop: 128, centered: false }];
    const power = powerSpectrogram(sine(hz, sampleRate, 4000), spec);
    for (let frame = 0; frame < power.columns; frame++) {
      const column = Array.from({ length: power.rows }, (_, bin) => power.data[bin * power.columns + frame]!);
      expect(column.indexOf(Math.max(...column))).toBe((hz / sampleRate) * spec.fft);
    }
  });

  it('puts zeros around samples that are centred', () => {
    const { data, columns } = powerSpectrogram(Float32Array.of(1), { fft: 8, hop: 4, window: 'ones' });
    expect([columns, ...data]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it.each<[string, Float32Array, FrameSpec, RegExp]>([
    ['no samples', new Float32Array(), { fft: 8, hop: 4 }, /no samples/],
    ['less than a frame', noise(7), { fft: 8, hop: 4, centered: false }, /7 samples are fewer than one frame of 8/],
    ['a sample that is no number', Float32Array.of(0, NaN), { fft: 8, hop: 4 }, /sample 1 is NaN/],
    ['an infinite sample', Float32Array.of(-Infinity), { fft: 8, hop: 4 }, /sample 0 is -Infinity/],
  ])('refuses %s', (_, samples, spec, message) => {
    expect(() => powerSpectrogram(samples, spec)).toThrow(SignalError);
    expect(() => powerSpectrogram(samples, spec)).toThrow(message);
  });
});

describe('frameWindow', () => {
  it('is the periodic Hann window', () => {
    expect([...frameWindow({ fft: 4, hop: 1 })].map((value) => Number(value.toFixed(12)))).toEqual([0, 0.5, 1, 0.5]);
  });

  it('lies in the middle of a longer frame', () => {
    const window = [...frameWindow({ fft: 9, hop: 1, windowLength: 4 })];
    expect(window.map((value) => Number(value.toFixed(12)))).toEqual([0, 0, 0, 0.5, 1, 0.5, 0, 0, 0]);
  });
});

it('frameCount tells the columns beforehand', () => {
  expect(frameCount(220_500, { fft: 2048, hop: 512 })).toBe(431);
});
