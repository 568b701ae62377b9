import { expect, it } from '@jest/globals';
import { noise } from '../../test-support/signals.js';
import { spectrogram } from './spectrogram.js';
import { powerSpectrogram } from './stft.js';

const [samples, spec] = [noise(2000), { fft: 256, hop: 100 }];

it('spectrogram is that of powers unless magnitudes are asked for', () => {
  const powers = powerSpectrogram(samples, spec);
  expect(spectrogram(samples, spec)).toEqual(powers);
  const magnitudes = spectrogram(samples, { ...spec, power: 1 });
  expect([magnitudes.rows, magnitudes.columns]).toEqual([129, 21]);
  magnitudes.data.forEach((magnitude, i) => expect(magnitude ** 2).toBeCloseTo(powers.data[i]!, 4));
});
