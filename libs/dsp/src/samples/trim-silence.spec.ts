import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noise, sine } from '../../test-support/signals.js';
import { SignalError } from '../signal-error.js';
import { trimSilence } from './trim-silence.js';

function between(before: number, sound: Float32Array, after: number) {
  const samples = new Float32Array(before + sound.length + after);
  samples.set(sound, before);
  return samples;
}

describe('trimSilence', () => {
  it.each([
    [0, 0],
    [8000, 0],
    [0, 8000],
    [5000, 7000],
  ])('takes off %i samples before and %i after a sound, but for a frame', (before, after) => {
    const trimmed = trimSilence(between(before, sine(440, 16_000, 6000), after));
    expect(trimmed.length).toBeGreaterThanOrEqual(6000);
    expect(trimmed.length).toBeLessThanOrEqual(6000 + 2 * 2048);
  });

  it('keeps silence, unless it is told what is loud', () => {
    const silence = new Float32Array(3000);
    expect(trimSilence(silence)).toEqual(silence);
    expect(trimSilence(silence, { reference: 1 })).toHaveLength(0);
  });

  it('finds the same ends as frames summed one by one', () => {
    const length = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), length, length, (count, frameLength, hop) => {
        // From loud to nothing, and back.
        const samples = noise(count, count).map((sample, i) => sample * Math.exp(-0.1 * Math.min(i, count - i)));
        const sounding: number[] = [];
        // The padding of a frame of odd length is one sample short of it.
        const frames = 1 + Math.floor((count - (frameLength % 2)) / hop);
        for (let frame = 0; frame < frames; frame++) {
          const start = frame * hop - Math.floor(frameLength / 2);
          const frameSamples = samples.subarray(Math.max(0, start), Math.max(0, start + frameLength));
          const power = frameSamples.reduce((sum, sample) => sum + sample * sample, 0) / frameLength;
          if (power > 0.01 ** 2) sounding.push(frame);
        }
        const expected =
          sounding.length === 0 ? new Float32Array() : samples.slice(sounding[0]! * hop, (sounding.at(-1)! + 1) * hop);
        expect(trimSilence(samples, { frameLength, hop, reference: 1, topDb: 40 })).toEqual(expected);
      }),
    );
  });

  it('refuses no samples, and those that are no numbers', () => {
    expect(() => trimSilence(new Float32Array())).toThrow(SignalError);
    expect(() => trimSilence(Float32Array.of(1, NaN))).toThrow(SignalError);
  });
});
