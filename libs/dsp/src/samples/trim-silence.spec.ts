import { describe, expect, it } from '@jest/globals';
import { sine } from '../../test-support/signals.js';
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

  it('refuses no samples, and those that are no numbers', () => {
    expect(() => trimSilence(new Float32Array())).toThrow(SignalError);
    expect(() => trimSilence(Float32Array.of(1, NaN))).toThrow(SignalError);
  });
});
