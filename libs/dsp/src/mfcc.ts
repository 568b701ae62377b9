import type { Matrix } from './matrix.js';
import { logMelSpectrogram, type LogMelSpec } from './mel/log-mel.js';
import { dct, lifter, type DctSpec } from './spectrum/dct.js';

/** What a mel-frequency cepstrum is made of. */
export interface MfccSpec extends LogMelSpec {
  /** Rows of the result: the first coefficients of the cosine transform; 1 to `mels`. */
  coefficients: number;
  /** Default 2. */
  dctType?: DctSpec['type'];
  /** Default `ortho`. */
  dctNorm?: DctSpec['norm'];
  /** Half period of the sine that makes higher coefficients larger, in coefficients; HTK uses 22. Default 0: none. */
  lifter?: number;
}

/**
 * Mel-frequency cepstral coefficients: power spectrogram, mel bands, decibels, then an orthonormal DCT-II.
 * Conventions of librosa 0.11 (Slaney mel scale, centred frames, top_db 80) unless `spec` says otherwise.
 *
 * @param samples mono, within [-1, 1], at `spec.sampleRate`
 * @returns one row per coefficient, one column per frame, of which there are {@link frameCount}
 * @throws SignalError if `samples` is empty, not finite, above 1e12, or shorter than a frame that is not centred, or the
 *   result had more than 2^28 values
 * @throws RangeError if `spec` asks for bands beyond half the sample rate, more coefficients than bands, or a number that
 *   is not finite
 */
export function mfcc(samples: Float32Array, spec: MfccSpec): Matrix {
  const { coefficients, dctType: type, dctNorm: norm, lifter: halfPeriod, ...levels } = spec;
  const cepstrum = dct(logMelSpectrogram(samples, levels), { type, norm, coefficients });
  return halfPeriod ? lifter(cepstrum, halfPeriod) : cepstrum;
}
