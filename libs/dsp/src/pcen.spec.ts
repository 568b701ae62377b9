import { describe, expect, it } from '@jest/globals';
import { noise } from '../test-support/signals.js';
import { pcen, type PcenSpec } from './pcen.js';

const spec: PcenSpec = { sampleRate: 16_000, hop: 160 };
const energy = { rows: 2, columns: 300, data: noise(600).map((value) => 1000 * Math.abs(value)) };

describe('pcen', () => {
  it('is finite and at least 0, also of silence', () => {
    for (const data of [energy.data, new Float32Array(600)]) {
      for (const power of [0, 0.5]) {
        const normalised = pcen({ ...energy, data }, { ...spec, power, bias: power });
        expect(normalised.data.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }
    }
  });

  it('with the gain 1 forgets how loud a recording is, once its first level is forgotten', () => {
    const louder = { ...energy, data: energy.data.map((value) => 100 * value) };
    const [quiet, loud] = [energy, louder].map((levels) => pcen(levels, { ...spec, gain: 1 }).data);
    for (let i = 298; i < 300; i++) expect(loud![i]! / quiet![i]!).toBeCloseTo(1, 2);
  });

  it.each([{ power: -1 }, { gain: -1 }, { bias: NaN }, { least: 0 }, { smoothing: 1.1 }, { timeConstantSeconds: 0 }])(
    'refuses %j',
    (wrong) => {
      expect(() => pcen(energy, { ...spec, ...wrong })).toThrow(RangeError);
    },
  );
});
