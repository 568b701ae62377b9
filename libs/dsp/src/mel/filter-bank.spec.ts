import { describe, expect, it } from '@jest/globals';
import { melFilterBank, type FilterBankSpec } from './filter-bank.js';
import { hzToMel, melToHz, type MelScale } from './mel-scale.js';

const scales: MelScale[] = ['slaney', 'htk'];
const grid: FilterBankSpec[] = [8000, 22_050].flatMap((sampleRate) =>
  [512, 2048].flatMap((fft) =>
    [20, 128].flatMap((mels) => scales.map((melScale) => ({ sampleRate, fft, mels, melScale }))),
  ),
);

describe('melFilterBank', () => {
  it.each(grid)('at $sampleRate Hz, fft $fft, $mels $melScale bands: weights in bounds, peaks within a bin', (spec) => {
    const { bins, filters } = melFilterBank({ ...spec, melNorm: 'none' });
    const highest = hzToMel(spec.sampleRate / 2, spec.melScale!);
    expect([bins, filters.length]).toEqual([1 + spec.fft / 2, spec.mels]);
    filters.forEach(({ first, weights }, band) => {
      expect(first + weights.length).toBeLessThanOrEqual(bins);
      expect(weights.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
      if (weights.length === 0) return;
      const peakHz = melToHz((highest * (band + 1)) / (spec.mels + 1), spec.melScale!);
      const peakBin = first + weights.indexOf(Math.max(...weights));
      expect(Math.abs(peakBin - (peakHz * spec.fft) / spec.sampleRate)).toBeLessThanOrEqual(1);
    });
  });

  it.each(scales)('gives every %s triangle the area 1 unless told otherwise', (melScale) => {
    const [sampleRate, fft] = [16_000, 2 ** 15];
    for (const { weights } of melFilterBank({ sampleRate, fft, mels: 30, melScale }).filters) {
      expect((weights.reduce((sum, weight) => sum + weight, 0) * sampleRate) / fft).toBeCloseTo(1, 3);
    }
  });

  it('leaves a band between two bins without weights', () => {
    const { filters } = melFilterBank({ sampleRate: 22_050, fft: 64, mels: 128 });
    expect(filters.some(({ weights }) => weights.length === 0)).toBe(true);
  });
});

describe('melFilterBank, between given edges', () => {
  const spec: FilterBankSpec = { sampleRate: 16_000, fft: 512, mels: 40, lowestHz: 20, highestHz: 4000 };

  it.each(['hz', 'mel'] as const)('with sides straight over %s has no weight beyond them', (melSlopes) => {
    const { filters } = melFilterBank({ ...spec, melSlopes, melNorm: 'none' });
    const binHz = spec.sampleRate / spec.fft;
    for (const { first, weights } of filters) {
      expect(first * binHz).toBeGreaterThan(20);
      expect((first + weights.length - 1) * binHz).toBeLessThan(4000);
      expect(weights.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
    }
  });

  it('has sides straight over mel whose neighbours sum up to 1', () => {
    const { bins, filters } = melFilterBank({ ...spec, melScale: 'htk', melSlopes: 'mel', melNorm: 'none', mels: 20 });
    const sums = new Float64Array(bins);
    for (const { first, weights } of filters) weights.forEach((weight, i) => (sums[first + i]! += weight));
    // From the peak of the first band to that of the last one.
    for (const sum of sums.subarray(5, 110)) expect(sum).toBeCloseTo(1, 12);
  });

  it('leaves out bins below the lowest', () => {
    expect(melFilterBank({ ...spec, lowestBin: 9 }).filters.every(({ first }) => first >= 9)).toBe(true);
  });

  it.each([
    { highestHz: 8001 },
    { lowestHz: -1 },
    { lowestHz: 4000 },
    { lowestHz: NaN },
    { highestHz: Infinity },
    { mels: 0 },
  ])('refuses %j at 16 kHz', (wrong) => {
    expect(() => melFilterBank({ ...spec, ...wrong })).toThrow(RangeError);
  });
});
