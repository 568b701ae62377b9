import type { Matrix } from '../matrix.js';
import type { FrameSpec } from './frames.js';
import { powerSpectrogram } from './stft.js';

/**
 * The magnitudes of the short-time Fourier transform, to the exponent `spec.power`.
 *
 * @param samples mono
 * @returns one row per bin (0 to half the sample rate), one column per frame
 * @throws SignalError if `samples` is empty, not finite, above 1e12, or shorter than a frame that is not centred, or the
 *   result had more than 2^28 values
 * @throws RangeError if a number of `spec` is not finite
 */
export function spectrogram(samples: Float32Array, spec: FrameSpec): Matrix {
  const power = powerSpectrogram(samples, spec);
  return spec.power === 1 ? { ...power, data: power.data.map(Math.sqrt) } : power;
}
