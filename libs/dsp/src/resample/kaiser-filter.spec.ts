import { describe, expect, it } from '@jest/globals';
import { kaiserFilter, resampyDesigns } from './kaiser-filter.js';

/** From numpy: `rolloff * np.sinc(rolloff * np.linspace(0, zeros, n + 1)) * np.kaiser(2 * n + 1, beta)[n:]`. */
const references = {
  kaiser_fast: [
    [0, 0.85],
    [1, 0.8499960955074435],
    [256, 0.6166043268285959],
    [512, 0.1422564402710741],
    [1000, -0.13444865905641346],
    [4096, 0.008008591740126265],
    [8192, -2.628865215979547e-5],
  ],
  kaiser_best: [
    [0, 0.9475937167399596],
    [1, 0.947588371269956],
    [256, 0.6341878970614925],
    [512, 0.05207910617885589],
    [1000, -0.07315044040130263],
    [4096, -0.034440117221424385],
    [32768, 1.6401183069347287e-8],
  ],
} as const;

describe('kaiserFilter', () => {
  it.each(['kaiser_fast', 'kaiser_best'] as const)('%s has the values that numpy computes', (resampler) => {
    const design = resampyDesigns[resampler];
    const values = kaiserFilter(design, 1 / design.precision, references[resampler].at(-1)![0] + 1);
    for (const [index, value] of references[resampler]) expect(values[index]).toBeCloseTo(value, 14);
  });
});
