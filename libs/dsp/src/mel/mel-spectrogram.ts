import type { Matrix } from '../matrix.js';
import { plainWeightedSums } from '../plain-weighted-sums.js';
import { keepRecent, keyOf } from '../recent.js';
import type { FrameSpec } from '../spectrum/frames.js';
import { plainPowers } from '../spectrum/plain-spectra.js';
import { hasKernels, spectrumPlan } from '../spectrum/spectrum-plan.js';
import { melFilterBank, type FilterBankSpec } from './filter-bank.js';

/** Frames, and the bands their power is summed into. */
export type MelSpec = FrameSpec & FilterBankSpec;

const planOf = keepRecent(8, (key: string) => {
  const spec = JSON.parse(key) as MelSpec;
  return spectrumPlan(spec, melFilterBank(spec).filters);
});

/**
 * The power of mel bands over time, or the magnitude where `spec.power` is 1. Conventions of librosa 0.11 unless `spec`
 * says otherwise.
 *
 * @param samples mono, within [-1, 1], at `spec.sampleRate`
 * @returns one row per band, one column per frame
 * @throws SignalError if `samples` is empty, not finite, above 1e12, or shorter than a frame that is not centred, or the
 *   result had more than 2^28 values
 * @throws RangeError if `spec` asks for bands beyond half the sample rate, or a number of it is not finite
 */
export function melSpectrogram(samples: Float32Array, spec: MelSpec): Matrix {
  return hasKernels(spec.fft) ? planOf(keyOf(spec)).measure(samples) : plainMelSpectrogram(samples, spec);
}

/** {@link melSpectrogram} without kernels, in double precision: what they are compared with; for frames of any length. */
export function plainMelSpectrogram(samples: Float32Array, spec: MelSpec): Matrix {
  const spectra = plainPowers(samples, spec);
  if (spec.power === 1) spectra.data = spectra.data.map(Math.sqrt);
  return plainWeightedSums(melFilterBank(spec).filters, spectra);
}
