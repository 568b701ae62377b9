import { describe, expect, it } from '@jest/globals';
import { noise } from '../../test-support/signals.js';
import type { LogarithmSpec } from '../logarithm.js';
import { SignalError } from '../signal-error.js';
import { logMelSpectrogram, type LogMelSpec } from './log-mel.js';

const spec: LogMelSpec = { sampleRate: 8000, fft: 256, hop: 100, mels: 20 };
const logarithms: LogarithmSpec[] = [
  { kind: 'decibels', reference: 'max' },
  { kind: 'ln', offset: 1e-6 },
  { kind: 'ln1p' },
];
const grid = (['zeros', 'reflect', 'edge'] as const).flatMap((padding) =>
  (['hann', 'hamming', 'blackman', 'bartlett', 'ones'] as const).flatMap((window) =>
    ([1, 2] as const).flatMap((power) => logarithms.map((logarithm) => ({ padding, window, power, logarithm }))),
  ),
);

describe('logMelSpectrogram', () => {
  it.each(grid)('$padding, $window, power $power, $logarithm.kind: shape and finite values', (options) => {
    for (const samples of [noise(1), noise(50), noise(999), new Float32Array(300)]) {
      const { rows, columns, data } = logMelSpectrogram(samples, { ...spec, ...options, windowLength: 200 });
      expect([rows, columns]).toEqual([20, 1 + Math.floor(samples.length / 100)]);
      expect(data.every(Number.isFinite)).toBe(true);
    }
  });

  it('is in decibels down to 80 below the loudest unless told otherwise', () => {
    const { data } = logMelSpectrogram(noise(999), spec);
    expect(logMelSpectrogram(noise(999), { ...spec, logarithm: { kind: 'decibels' } }).data).toEqual(data);
    const narrow = logMelSpectrogram(noise(999), { ...spec, topDb: 6 }).data;
    expect(Math.max(...narrow) - Math.min(...narrow)).toBeCloseTo(6, 4);
  });

  it('refuses bands above half the sample rate, and what is no sound', () => {
    expect(() => logMelSpectrogram(noise(999), { ...spec, highestHz: 4001 })).toThrow(RangeError);
    expect(() => logMelSpectrogram(new Float32Array(), spec)).toThrow(SignalError);
  });
});
