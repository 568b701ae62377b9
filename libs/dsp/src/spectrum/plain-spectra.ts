import { newMatrix, type Matrix } from '../matrix.js';
import { assertMeasurable } from './assert-measurable.js';
import { frameCount, frameWindow, readFrame, type FrameSpec } from './frames.js';
import { realFft } from './real-fft.js';

/** {@link powerSpectrogram} without kernels, in double precision: what they are compared with; for frames of any length. */
export function plainPowers(samples: Float32Array, spec: FrameSpec): Matrix {
  const frames = frameCount(samples.length, spec);
  const power = newMatrix(realFft(spec.fft).bins, frames);
  forEachSpectrum(samples, spec, (frame, re, im) => {
    for (let bin = 0; bin < power.rows; bin++) power.data[bin * frames + frame] = re[bin]! ** 2 + im[bin]! ** 2;
  });
  return power;
}

/** Calls `visit` with the spectrum of each frame, in arrays that the next frame overwrites. */
export function forEachSpectrum(
  samples: Float32Array,
  spec: FrameSpec,
  visit: (frame: number, real: Float64Array, imaginary: Float64Array) => void,
): void {
  assertMeasurable(samples);
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
