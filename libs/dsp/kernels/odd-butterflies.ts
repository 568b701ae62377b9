import { storeTurned } from './fft-of-four';

/**
 * The pass of {@link fftOfFour} for an odd number of parts: transforms of `radix` elements that lie `step` bytes apart,
 * all over the elements from `from` to `end`.
 *
 * @param radix odd, at least 3
 * @param anglesAt for each output and each input, both from 1 to radix / 2: cosine and sine of their product over `radix`
 * @param twiddlesAt for each of the neighbouring transforms: cosine and sine of 1 to `radix - 1` times its angle
 * @param scratchAt room for 32 * radix bytes
 */
export function oddButterflies(
  from: usize,
  end: usize,
  radix: i32,
  step: usize,
  anglesAt: usize,
  twiddlesAt: usize,
  scratchAt: usize,
): void {
  const span = <usize>radix * step;
  const twiddleBytes = (<usize>(radix - 1)) << 3;
  for (let block = from; block < end; block += span) {
    let twiddles = twiddlesAt;
    const blockEnd = block + step;
    for (let at = block; at < blockEnd; at += 32, twiddles += twiddleBytes) {
      oddButterfly(at, span, step, anglesAt, twiddles, twiddleBytes, scratchAt);
    }
  }
}

/** Inputs as far from the first as from the last share their cosines, and so do outputs. */
function oddButterfly(
  at: usize,
  span: usize,
  step: usize,
  anglesAt: usize,
  twiddlesAt: usize,
  twiddleBytes: usize,
  scratchAt: usize,
): void {
  const firstRe = v128.load(at);
  const firstIm = v128.load(at, 16);
  let sumRe = firstRe;
  let sumIm = firstIm;
  let scratchEnd = scratchAt;
  for (let low = at + step, high = at + span - step; low < high; low += step, high -= step, scratchEnd += 64) {
    const bothRe = f32x4.add(v128.load(low), v128.load(high));
    const bothIm = f32x4.add(v128.load(low, 16), v128.load(high, 16));
    v128.store(scratchEnd, bothRe);
    v128.store(scratchEnd, bothIm, 16);
    v128.store(scratchEnd, f32x4.sub(v128.load(low), v128.load(high)), 32);
    v128.store(scratchEnd, f32x4.sub(v128.load(low, 16), v128.load(high, 16)), 48);
    sumRe = f32x4.add(sumRe, bothRe);
    sumIm = f32x4.add(sumIm, bothIm);
  }
  v128.store(at, sumRe);
  v128.store(at, sumIm, 16);
  let angle = anglesAt;
  let lowTwiddle = twiddlesAt;
  let highTwiddle = twiddlesAt + twiddleBytes - 8;
  for (let low = at + step, high = at + span - step; low < high; low += step, high -= step) {
    let evenRe = firstRe;
    let evenIm = firstIm;
    let oddRe = f32x4.splat(0);
    let oddIm = f32x4.splat(0);
    for (let from = scratchAt; from < scratchEnd; from += 64, angle += 8) {
      const cos = v128.load32_splat(angle);
      const sin = v128.load32_splat(angle, 4);
      evenRe = f32x4.add(evenRe, f32x4.mul(cos, v128.load(from)));
      evenIm = f32x4.add(evenIm, f32x4.mul(cos, v128.load(from, 16)));
      oddRe = f32x4.add(oddRe, f32x4.mul(sin, v128.load(from, 32)));
      oddIm = f32x4.add(oddIm, f32x4.mul(sin, v128.load(from, 48)));
    }
    storeTurned(low, f32x4.add(evenRe, oddIm), f32x4.sub(evenIm, oddRe), lowTwiddle);
    storeTurned(high, f32x4.sub(evenRe, oddIm), f32x4.add(evenIm, oddRe), highTwiddle);
    lowTwiddle += 8;
    highTwiddle -= 8;
  }
}
