import { toLogarithm, type LogarithmSpec } from '../logarithm.js';
import type { Matrix } from '../matrix.js';
import { melSpectrogram, type MelSpec } from './mel-spectrogram.js';

/** Mel bands, and the logarithm that is taken of them. */
export interface LogMelSpec extends MelSpec {
  /** Default decibels relative to 1, with the range `topDb`. */
  logarithm?: LogarithmSpec;
  /** Range of the levels in decibels below the loudest, unless `logarithm` is given. Default 80. */
  topDb?: number;
}

/**
 * The logarithm of mel bands over time. Conventions of librosa 0.11 unless `spec` says otherwise.
 *
 * @param samples mono, within [-1, 1], at `spec.sampleRate`
 * @returns one row per band, one column per frame
 * @throws SignalError if `samples` is empty, not finite, above 1e12, or shorter than a frame that is not centred, or the
 *   result had more than 2^28 values
 * @throws RangeError if `spec` asks for bands beyond half the sample rate, or a number of them is not finite
 */
export function logMelSpectrogram(samples: Float32Array, spec: LogMelSpec): Matrix {
  // What has no part in the bands would be in the key of their plan, too.
  const { logarithm, topDb, ...bands } = spec;
  return toLogarithm(melSpectrogram(samples, bands), logarithm ?? { kind: 'decibels', topDb });
}
