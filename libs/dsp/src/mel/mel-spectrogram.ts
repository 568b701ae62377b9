import type { Matrix } from '../matrix.js';
import type { FrameSpec } from '../spectrum/frames.js';
import { powerSpectrogram } from '../spectrum/stft.js';
import { applyFilterBank, melFilterBank, type FilterBankSpec } from './filter-bank.js';

/** Frames, and the bands their power is summed into. */
export type MelSpec = FrameSpec & FilterBankSpec;

/**
 * The power of mel bands over time. Conventions of librosa 0.11 unless `spec` says otherwise.
 *
 * @param samples mono, within [-1, 1], at `spec.sampleRate`
 * @returns one row per band, one column per frame
 * @throws SignalError if `samples` is empty, not finite, or shorter than a frame that is not centred
 */
export function melSpectrogram(samples: Float32Array, spec: MelSpec): Matrix {
  return applyFilterBank(melFilterBank(spec), powerSpectrogram(samples, spec));
}
