import { describe, expect, it } from '@jest/globals';
import { noise, sine } from '../test-support/signals.js';
import { mfcc, SignalError, type MfccSpec } from './index.js';

const spec: MfccSpec = { sampleRate: 8000, fft: 512, hop: 128, mels: 40, coefficients: 13 };

describe('mfcc', () => {
  it.each([1, 127, 128, 5000])('has a row per coefficient and a column per hop of %i samples', (length) => {
    const { rows, columns, data } = mfcc(noise(length), spec);
    expect([rows, columns]).toEqual([13, 1 + Math.floor(length / 128)]);
    expect(data.every(Number.isFinite)).toBe(true);
  });

  it('of silence is that of -100 dB everywhere: nothing but a first coefficient', () => {
    const { data, columns } = mfcc(new Float32Array(1000), spec);
    expect(data[0]).toBeCloseTo(-100 * Math.sqrt(spec.mels), 2);
    for (const value of data.subarray(columns)) expect(Math.abs(value)).toBeLessThan(1e-3);
  });

  it('moves its first coefficient alone when the sound gets louder', () => {
    const [quiet, loud] = [0.01, 0.1].map((amplitude) => mfcc(sine(440, 8000, 4000, amplitude), spec));
    const { columns } = loud!;
    loud!.data.forEach((value, i) => {
      expect(value - quiet!.data[i]!).toBeCloseTo(i < columns ? 20 * Math.sqrt(spec.mels) : 0, 2);
    });
  });

  it('refuses what is no sound', () => {
    expect(() => mfcc(new Float32Array(), spec)).toThrow(SignalError);
    expect(() => mfcc(Float32Array.of(NaN), spec)).toThrow(SignalError);
  });
});
