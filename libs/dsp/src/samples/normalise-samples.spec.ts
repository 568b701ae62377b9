import { expect, it } from '@jest/globals';
import { noise } from '../../test-support/signals.js';
import { normalisePeak, normaliseRms } from './normalise-samples.js';

it('normalisePeak makes the largest magnitude what is asked', () => {
  expect([...normalisePeak(Float32Array.of(0.25, -0.5))]).toEqual([0.5, -1]);
  expect([...normalisePeak(Float32Array.of(0.25, -0.5), 0.25)]).toEqual([0.125, -0.25]);
});

it('normaliseRms makes the root mean square what is asked', () => {
  for (const rms of [0.01, 0.1, 1]) {
    const energy = normaliseRms(noise(500), rms).reduce((sum, sample) => sum + sample ** 2, 0);
    expect(Math.sqrt(energy / 500)).toBeCloseTo(rms, 6);
  }
});

it.each([normalisePeak, normaliseRms])('silence stays silence, and nothing stays nothing', (normalise) => {
  expect(normalise(new Float32Array(3))).toEqual(new Float32Array(3));
  expect(normalise(new Float32Array())).toEqual(new Float32Array());
});
