import { complexFft } from './complex-fft.js';
import type { RealFft } from './real-fft.js';

/**
 * Plans real transforms of any length as a convolution with a chirp, made by transforms whose length is a power of two
 * (L. Bluestein, 1970).
 */
export function bluesteinFft(size: number): RealFft {
  const length = 2 ** Math.ceil(Math.log2(2 * size - 1));
  const fft = complexFft(length);
  const chirp = chirpOf(size);
  const filter = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let i = 0; i < size; i++) {
    for (const index of [i, (length - i) % length]) {
      filter.re[fft.order[index]!] = chirp.re[i]! / length;
      filter.im[fft.order[index]!] = -chirp.im[i]! / length;
    }
  }
  fft.transform(filter.re, filter.im);
  const signal = { re: new Float64Array(length), im: new Float64Array(length) };
  const product = { re: new Float64Array(length), im: new Float64Array(length) };
  const bins = Math.floor(size / 2) + 1;
  return {
    size,
    bins,
    transform(frame, real, imaginary) {
      signal.re.fill(0);
      signal.im.fill(0);
      for (let i = 0; i < size; i++) {
        signal.re[fft.order[i]!] = frame[i]! * chirp.re[i]!;
        signal.im[fft.order[i]!] = frame[i]! * chirp.im[i]!;
      }
      fft.transform(signal.re, signal.im);
      // The inverse transform of z is the conjugate of the forward transform of the conjugate of z.
      for (let i = 0; i < length; i++) {
        const to = fft.order[i]!;
        product.re[to] = signal.re[i]! * filter.re[i]! - signal.im[i]! * filter.im[i]!;
        product.im[to] = -(signal.re[i]! * filter.im[i]! + signal.im[i]! * filter.re[i]!);
      }
      fft.transform(product.re, product.im);
      for (let k = 0; k < bins; k++) {
        const re = product.re[k]!;
        const im = -product.im[k]!;
        real[k] = re * chirp.re[k]! - im * chirp.im[k]!;
        imaginary[k] = re * chirp.im[k]! + im * chirp.re[k]!;
      }
    },
  };
}

/** exp(-pi i n^2 / size). The square is taken modulo `2 * size` before it is an angle, which keeps the angle exact. */
function chirpOf(size: number) {
  const angles = Float64Array.from({ length: size }, (_, n) => (-Math.PI * ((n * n) % (2 * size))) / size);
  return { re: angles.map(Math.cos), im: angles.map(Math.sin) };
}
