import { describe, expect, it, jest } from '@jest/globals';
import { noise, sine } from '../test-support/signals.js';
import { dct, melSpectrogram, mfcc, powerSpectrogram, resample, SignalError, type MfccSpec } from './index.js';

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

  it('shares the tables of its bands with cepstra that differ in what comes after', () => {
    mfcc(noise(1000), spec);
    const { WebAssembly } = globalThis as unknown as { WebAssembly: { Instance: (...options: unknown[]) => object } };
    const { Instance } = WebAssembly;
    const made = jest.spyOn(WebAssembly, 'Instance');
    made.mockImplementation((...options) => Reflect.construct(Instance, options) as object);
    const after: Partial<MfccSpec>[] = [{ coefficients: 14 }, { topDb: 60 }, { lifter: 22 }, { dctNorm: 'none' }];
    for (const one of [...after, { dctType: 3 as const }, { logarithm: { kind: 'ln' } as const }]) {
      mfcc(noise(1000), { ...spec, ...one });
    }
    expect(made).not.toHaveBeenCalled();
    melSpectrogram(noise(1000), { ...spec, hop: 99 });
    expect(made).toHaveBeenCalled();
    made.mockRestore();
  });

  it.each(['hop', 'lowestHz', 'lowestBin', 'windowLength', 'mels'])('refuses a %s that is no number', (field) => {
    expect(() => mfcc(noise(1000), { ...spec, [field]: NaN })).toThrow(RangeError);
    expect(() => melSpectrogram(noise(1000), { ...spec, [field]: Infinity })).toThrow(RangeError);
  });

  it('refuses numbers that are none in what it is made of', () => {
    expect(() => powerSpectrogram(noise(1000), { fft: 512, hop: NaN })).toThrow('hop is NaN');
    expect(() => dct({ rows: 2, columns: 4, data: noise(8) }, { coefficients: NaN })).toThrow('coefficients is NaN');
    expect(() => resample(noise(10), NaN, 8000, 'kaiser_fast')).toThrow('fromRate is NaN');
  });
});
