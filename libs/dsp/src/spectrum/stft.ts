import { newMatrix, type Matrix } from '../matrix.js';
import { keepRecent, keyOf } from '../recent.js';
import { frameCount, type FrameSpec } from './frames.js';
import { forEachSpectrum, plainPowers } from './plain-spectra.js';
import { realFft } from './real-fft.js';
import { hasKernels, spectrumPlan } from './spectrum-plan.js';

/** A complex spectrum over time: one row per bin (0 to half the sample rate), one column per frame. */
export interface Spectrum {
  real: Matrix;
  imaginary: Matrix;
}

/**
 * The short-time Fourier transform, in double precision.
 *
 * @param samples mono
 * @throws SignalError if `samples` is empty, not finite, above 1e12, or shorter than a frame that is not centred, or the
 *   result had more than 2^28 values
 */
export function stft(samples: Float32Array, spec: FrameSpec): Spectrum {
  const frames = frameCount(samples.length, spec);
  const bins = realFft(spec.fft).bins;
  const [real, imaginary] = [newMatrix(bins, frames), newMatrix(bins, frames)];
  forEachSpectrum(samples, spec, (frame, re, im) => {
    for (let bin = 0; bin < bins; bin++) {
      real.data[bin * frames + frame] = re[bin]!;
      imaginary.data[bin * frames + frame] = im[bin]!;
    }
  });
  return { real, imaginary };
}

const planOf = keepRecent(4, (key: string) => spectrumPlan(JSON.parse(key) as FrameSpec));

/**
 * The squared magnitude of the short-time Fourier transform: in single precision, with an error below a millionth of the
 * largest of its frame, or in double precision where {@link hasKernels} says no.
 *
 * @param samples mono
 * @returns one row per bin (0 to half the sample rate), one column per frame
 * @throws SignalError if `samples` is empty, not finite, above 1e12, or shorter than a frame that is not centred, or the
 *   result had more than 2^28 values
 * @throws RangeError if a number of `spec` is not finite
 */
export function powerSpectrogram(samples: Float32Array, spec: FrameSpec): Matrix {
  return hasKernels(spec.fft)
    ? planOf(keyOf({ ...spec, power: undefined })).measure(samples)
    : plainPowers(samples, spec);
}
