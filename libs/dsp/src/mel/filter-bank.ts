import { keepRecent, keyOf } from '../recent.js';
import type { RowWeights } from '../weighted-sums.js';
import { hzToMel, melToHz, type MelScale } from './mel-scale.js';

/** Where the mel bands lie. */
export interface FilterBankSpec {
  /** Hertz. */
  sampleRate: number;
  /** Length of the Fourier transform that the bands are taken from, in samples. */
  fft: number;
  /** Number of bands. */
  mels: number;
  /** Default `slaney`. */
  melScale?: MelScale;
  /** `slaney` gives every triangle the area 1 (over hertz), `none` the peak 1. Default `slaney`. */
  melNorm?: 'slaney' | 'none';
  /** Over which of the two the sides of a triangle are straight: `hz` (librosa) or `mel` (TensorFlow). Default `hz`. */
  melSlopes?: 'hz' | 'mel';
  /** Lower edge of the lowest band, in hertz. Default 0. */
  lowestHz?: number;
  /** Upper edge of the highest band, in hertz; at most half the sample rate, which is the default. */
  highestHz?: number;
  /** Bins below this one are in no band. Default 0. */
  lowestBin?: number;
}

/** Bands from low to high, over a spectrum of `bins` bins; each as its weights from its first bin on. */
export interface FilterBank {
  bins: number;
  /** A band that is narrower than the distance of two bins and lies between them has no weights. */
  filters: readonly RowWeights[];
}

/**
 * Triangular bands whose edges and peaks are equally far apart in mel, each from its neighbour's peak to the other's.
 *
 * @returns the same object again for an equal spec: it is not to be written to
 * @throws RangeError if the bands are none, or do not lie between 0 and half the sample rate
 */
export function melFilterBank(spec: FilterBankSpec): FilterBank {
  const { sampleRate, fft, mels, melScale = 'slaney', melNorm = 'slaney', melSlopes = 'hz' } = spec;
  const { lowestHz = 0, highestHz = sampleRate / 2, lowestBin = 0 } = spec;
  if (!(mels >= 1)) throw new RangeError(`${mels} bands are none`);
  if (!(0 <= lowestHz && lowestHz < highestHz && highestHz <= sampleRate / 2)) {
    throw new RangeError(`bands from ${lowestHz} to ${highestHz} Hz do not lie within 0 to ${sampleRate / 2} Hz`);
  }
  const complete: CompleteSpec = {
    ...{ sampleRate, fft, mels, melScale, melNorm, melSlopes },
    ...{ lowestHz, highestHz, lowestBin },
  };
  return bankOf(keyOf(complete));
}

type CompleteSpec = Required<FilterBankSpec>;

/** A bank of 128 bands takes as long as a tenth of a second of its frames. */
const bankOf = keepRecent(16, (key: string): FilterBank => {
  const spec = JSON.parse(key) as CompleteSpec;
  const { fft, mels, melScale, lowestHz, highestHz } = spec;
  const [lowest, highest] = [hzToMel(lowestHz, melScale), hzToMel(highestHz, melScale)];
  const corners = Array.from({ length: mels + 2 }, (_, i) => lowest + ((highest - lowest) * i) / (mels + 1));
  return {
    bins: 1 + Math.floor(fft / 2),
    filters: Array.from({ length: mels }, (_, band) => triangle(spec, corners.slice(band, band + 3))),
  };
});

/** @param corners in mel: the lower end, the peak, the upper end */
function triangle(spec: CompleteSpec, corners: number[]): RowWeights {
  const { sampleRate, fft, melScale, melNorm, melSlopes, lowestBin } = spec;
  const binHz = sampleRate / fft;
  const bins = 1 + Math.floor(fft / 2);
  const inHz = corners.map((mel) => melToHz(mel, melScale)) as [number, number, number];
  const first = Math.min(bins, Math.max(lowestBin, Math.floor(inHz[0] / binHz) + 1));
  const end = Math.max(first, Math.min(bins, Math.ceil(inHz[2] / binHz)));
  const [low, peak, high] = melSlopes === 'hz' ? inHz : (corners as typeof inHz);
  const gain = melNorm === 'slaney' ? 2 / (inHz[2] - inHz[0]) : 1;
  const weights = Float64Array.from({ length: end - first }, (_, index) => {
    const hz = (first + index) * binHz;
    const at = melSlopes === 'hz' ? hz : hzToMel(hz, melScale);
    return gain * Math.max(0, Math.min((at - low) / (peak - low), (high - at) / (high - peak)));
  });
  return { first, weights };
}
