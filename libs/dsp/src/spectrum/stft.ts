import { assertFinite } from '../finite.js';
import { newMatrix, type Matrix } from '../matrix.js';
import { frameCount, frameWindow, readFrame, type FrameSpec } from './frames.js';
import { realFft } from './real-fft.js';

/** A complex spectrum over time: one row per bin (0 to half the sample rate), one column per frame. */
export interface Spectrum {
  real: Matrix;
  imaginary: Matrix;
}

/**
 * The short-time Fourier transform.
 *
 * @param samples mono
 * @throws SignalError if `samples` is empty, not finite, or shorter than a frame that is not centred
 */
export function stft(samples: Float32Array, spec: FrameSpec): Spectrum {
  const frames = frameCount(samples.length, spec);
  const bins = realFft(spec.fft).bins;
  const [real, imaginary] = [newMatrix(bins, frames), newMatrix(bins, frames)];
  forEachFrame(samples, spec, (frame, re, im) => {
    for (let bin = 0; bin < bins; bin++) {
      real.data[bin * frames + frame] = re[bin]!;
      imaginary.data[bin * frames + frame] = im[bin]!;
    }
  });
  return { real, imaginary };
}

/**
 * The squared magnitude of the short-time Fourier transform.
 *
 * @param samples mono
 * @returns one row per bin (0 to half the sample rate), one column per frame
 * @throws SignalError if `samples` is empty, not finite, or shorter than a frame that is not centred
 */
export function powerSpectrogram(samples: Float32Array, spec: FrameSpec): Matrix {
  const frames = frameCount(samples.length, spec);
  const power = newMatrix(realFft(spec.fft).bins, frames);
  forEachFrame(samples, spec, (frame, re, im) => {
    for (let bin = 0; bin < power.rows; bin++) power.data[bin * frames + frame] = re[bin]! ** 2 + im[bin]! ** 2;
  });
  return power;
}

/** Calls `visit` with the spectrum of each frame, in arrays that the next frame overwrites. */
function forEachFrame(
  samples: Float32Array,
  spec: FrameSpec,
  visit: (frame: number, real: Float64Array, imaginary: Float64Array) => void,
): void {
  assertFinite(samples);
  const fft = realFft(spec.fft);
  const window = frameWindow(spec);
  const windowed = new Float64Array(fft.size);
  const [real, imaginary] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  for (let frame = 0; frame < frameCount(samples.length, spec); frame++) {
    readFrame(samples, frame, spec, window, windowed);
    fft.transform(windowed, real, imaginary);
    visit(frame, real, imaginary);
  }
}
