import { describe, expect, it } from '@jest/globals';

import { newRandom } from '../random.js';
import { augmented, withGain, withNoise, withSpeed, withStart } from './augmentation.js';

const sampleRate = 8000;
const tone = (hertz: number, length: number) =>
  Float32Array.from({ length }, (_, index) => 0.5 * Math.sin((2 * Math.PI * hertz * index) / sampleRate));
const power = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length;
const risingCrossings = (samples: Float32Array) =>
  samples.filter((sample, index) => index > 0 && samples[index - 1]! < 0 && sample >= 0).length;

describe('withSpeed', () => {
  it.each([0.8, 1.25])('makes a sound shorter and higher by the factor %d', (speed) => {
    const changed = withSpeed(tone(400, sampleRate), sampleRate, speed);
    expect(changed).toHaveLength(sampleRate / speed);
    const hertz = (risingCrossings(changed) / changed.length) * sampleRate;
    expect(Math.abs(hertz - 400 * speed)).toBeLessThan(3);
  });
});

describe('withStart', () => {
  it('keeps a sound that fits whole, wherever it begins', () => {
    const sound = Float32Array.from({ length: 100 }, (_, index) => index + 1);
    const random = newRandom(1);
    const starts = Array.from({ length: 200 }, () => {
      const placed = withStart(sound, 1000, random);
      const start = placed.indexOf(1);
      expect(placed.subarray(start, start + 100)).toEqual(sound);
      return start;
    });
    expect(Math.max(...starts)).toBeGreaterThan(500);
  });

  it('cuts off the end of a sound that is too long', () => {
    const placed = withStart(
      Float32Array.from({ length: 20 }, (_, index) => index + 1),
      10,
      newRandom(1),
    );
    expect([...placed]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('withGain', () => {
  it('changes the level by as many decibels as it is told', () => {
    const sound = tone(400, 800);
    expect(10 * Math.log10(power(withGain(sound, -6)) / power(sound))).toBeCloseTo(-6, 3);
  });
});

describe('withNoise', () => {
  it('adds noise that is as much weaker than the sound as it is told', () => {
    const sound = tone(400, 20_000);
    const noisy = withNoise(sound, 20, newRandom(1));
    const noise = noisy.map((sample, index) => sample - sound[index]!);
    expect(Math.abs(10 * Math.log10(power(sound) / power(noise)) - 20)).toBeLessThan(0.5);
  });
});

describe('augmented', () => {
  it('gives the length asked for, finite, another each time and the same again for the same seed', () => {
    const make = (seed: number) => augmented(tone(400, 4000), sampleRate, sampleRate, newRandom(seed));
    expect(make(1)).toHaveLength(sampleRate);
    expect(make(1).every(Number.isFinite)).toBe(true);
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
  });
});
