import type { Matrix } from '../matrix.js';
import { weightedSums, type RowWeights } from '../weighted-sums.js';
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
  /** Lower edge of the lowest band, in hertz. Default 0. */
  lowestHz?: number;
  /** Upper edge of the highest band, in hertz. Default half the sample rate. */
  highestHz?: number;
}

/** Bands from low to high, over a spectrum of `bins` bins; each as its weights from its first bin on. */
export interface FilterBank {
  bins: number;
  /** A band that is narrower than the distance of two bins and lies between them has no weights. */
  filters: readonly RowWeights[];
}

/** Triangular bands whose edges and peaks are equally far apart in mel, each from its neighbour's peak to the other's. */
export function melFilterBank(spec: FilterBankSpec): FilterBank {
  const { sampleRate, fft, mels, melScale = 'slaney', melNorm = 'slaney' } = spec;
  const lowest = hzToMel(spec.lowestHz ?? 0, melScale);
  const highest = hzToMel(spec.highestHz ?? sampleRate / 2, melScale);
  const cornerHz = (index: number) => melToHz(lowest + ((highest - lowest) * index) / (mels + 1), melScale);
  const bins = 1 + Math.floor(fft / 2);
  const filters = Array.from({ length: mels }, (_, band) => {
    const [low, peak, high] = [cornerHz(band), cornerHz(band + 1), cornerHz(band + 2)];
    return triangle({ low, peak, high, gain: melNorm === 'slaney' ? 2 / (high - low) : 1 }, sampleRate / fft, bins);
  });
  return { bins, filters };
}

function triangle(
  { low, peak, high, gain }: Record<'low' | 'peak' | 'high' | 'gain', number>,
  binHz: number,
  bins: number,
): RowWeights {
  const first = Math.min(bins, Math.floor(low / binHz) + 1);
  const end = Math.max(first, Math.min(bins, Math.ceil(high / binHz)));
  const weights = Float64Array.from({ length: end - first }, (_, index) => {
    const hz = (first + index) * binHz;
    return gain * Math.max(0, Math.min((hz - low) / (peak - low), (high - hz) / (high - peak)));
  });
  return { first, weights };
}

/**
 * The power in every band.
 *
 * @param spectrogram one row per bin, one column per frame
 * @returns one row per band, one column per frame
 */
export function applyFilterBank({ bins, filters }: FilterBank, spectrogram: Matrix): Matrix {
  if (spectrogram.rows !== bins) throw new RangeError(`bands over ${bins} bins meet ${spectrogram.rows} bins`);
  return weightedSums(filters, spectrogram);
}
