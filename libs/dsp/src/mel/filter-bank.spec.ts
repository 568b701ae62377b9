import { describe, expect, it } from '@jest/globals';
import { noise } from '../../test-support/signals.js';
import { applyFilterBank, melFilterBank, type FilterBankSpec } from './filter-bank.js';
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

describe('applyFilterBank', () => {
  it('refuses a spectrogram of another transform', () => {
    const bank = melFilterBank({ sampleRate: 8000, fft: 512, mels: 10 });
    expect(() => applyFilterBank(bank, { rows: 129, columns: 1, data: noise(129) })).toThrow(RangeError);
  });

  it('sums a flat spectrum to the sum of the weights', () => {
    const bank = melFilterBank({ sampleRate: 8000, fft: 512, mels: 10 });
    const bands = applyFilterBank(bank, { rows: 257, columns: 2, data: new Float32Array(514).fill(1) });
    bank.filters.forEach(({ weights }, band) => {
      const sum = weights.reduce((total, weight) => total + weight, 0);
      for (const value of bands.data.subarray(2 * band, 2 * band + 2)) expect(value).toBeCloseTo(sum, 6);
    });
  });
});
