import { toDecibels } from './decibels.js';
import type { Matrix } from './matrix.js';
import { melSpectrogram, type MelSpec } from './mel/mel-spectrogram.js';
import { dct2 } from './spectrum/dct.js';

/** What a mel-frequency cepstrum is made of. */
export interface MfccSpec extends MelSpec {
  /** Rows of the result: the first coefficients of the cosine transform; 1 to `mels`. */
  coefficients: number;
  /** Range of the band levels in decibels below the loudest. Default 80. */
  topDb?: number;
}

/**
 * Mel-frequency cepstral coefficients: power spectrogram, mel bands, decibels, then an orthonormal DCT-II.
 * Conventions of librosa 0.11 (Slaney mel scale, centred frames, top_db 80) unless `spec` says otherwise.
 *
 * @param samples mono, within [-1, 1], at `spec.sampleRate`
 * @returns one row per coefficient, one column per frame; frames = 1 + floor(samples.length / spec.hop) when centred
 * @throws SignalError if `samples` is empty, not finite, or shorter than a frame that is not centred
 */
export function mfcc(samples: Float32Array, spec: MfccSpec): Matrix {
  return dct2(toDecibels(melSpectrogram(samples, spec), spec.topDb), spec.coefficients);
}
