import { keepRecent } from '../recent.js';
import { bluesteinFft } from './bluestein-fft.js';
import { complexFft } from './complex-fft.js';

/** The discrete Fourier transform of real signals of one length. */
export interface RealFft {
  /** Samples in, at least 1. */
  readonly size: number;
  /** Values out: frequencies 0 to `floor(size / 2)`, in steps of the sample rate over `size`. */
  readonly bins: number;
  /**
   * Writes the first `bins` values of the spectrum of `frame` to `real` and `imaginary`. Exponent -2 pi i, no scaling.
   * `frame` is left as it is.
   */
  transform: (this: void, frame: Float64Array, real: Float64Array, imaginary: Float64Array) => void;
}

/** The plan for `size` samples: any length, but powers of two take a fifth of the time. One caller at a time. */
export const realFft = keepRecent(8, (size: number): RealFft => {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`no transform has ${size} samples`);
  return size >= 4 && Number.isInteger(Math.log2(size)) ? halfSizeFft(size) : bluesteinFft(size);
});

/** Even samples as real and odd ones as imaginary part of a signal of half the length; then the two are told apart. */
function halfSizeFft(size: number): RealFft {
  const half = size / 2;
  const fft = complexFft(half);
  const [re, im] = [new Float64Array(half), new Float64Array(half)];
  const cos = Float64Array.from({ length: half / 2 + 1 }, (_, k) => Math.cos((Math.PI * k) / half));
  const sin = Float64Array.from({ length: half / 2 + 1 }, (_, k) => Math.sin((Math.PI * k) / half));
  return {
    size,
    bins: half + 1,
    transform(frame, real, imaginary) {
      for (let i = 0; i < half; i++) {
        const to = fft.order[i]!;
        re[to] = frame[2 * i]!;
        im[to] = frame[2 * i + 1]!;
      }
      fft.transform(re, im);
      for (let low = 0; low <= half / 2; low++) {
        const high = half - low;
        const mirrored = high & (half - 1);
        const evenRe = (re[low]! + re[mirrored]!) / 2;
        const evenIm = (im[low]! - im[mirrored]!) / 2;
        const oddRe = (im[low]! + im[mirrored]!) / 2;
        const oddIm = (re[mirrored]! - re[low]!) / 2;
        const turnedRe = cos[low]! * oddRe + sin[low]! * oddIm;
        const turnedIm = cos[low]! * oddIm - sin[low]! * oddRe;
        real[low] = evenRe + turnedRe;
        imaginary[low] = evenIm + turnedIm;
        real[high] = evenRe - turnedRe;
        imaginary[high] = turnedIm - evenIm;
      }
    },
  };
}
