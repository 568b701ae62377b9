/**
 * The powers of real signals whose even samples were transformed as real and odd ones as imaginary parts; four at once.
 *
 * @param elementsAt the result of that transform, of samples that were halved
 * @param half its elements
 * @param orderAt where each element lies, in bytes from `elementsAt`
 * @param turnsAt cosine and sine of pi / half times each bin, from 0 to half / 2
 * @param powersAt a vector for each of half + 1 bins, `rowBytes` apart
 */
export function binPowers(
  elementsAt: usize,
  half: i32,
  orderAt: usize,
  turnsAt: usize,
  powersAt: usize,
  rowBytes: usize,
): void {
  const re0 = v128.load(elementsAt);
  const im0 = v128.load(elementsAt, 16);
  const sum = f32x4.add(re0, im0);
  const less = f32x4.sub(re0, im0);
  const zero = f32x4.splat(0);
  storePower(powersAt, f32x4.add(sum, sum), zero);
  storePower(powersAt + <usize>half * rowBytes, f32x4.add(less, less), zero);
  let low = powersAt + rowBytes;
  let high = powersAt + <usize>(half - 1) * rowBytes;
  let lowOrder = orderAt + 4;
  let highOrder = orderAt + ((<usize>(half - 1)) << 2);
  let turn = turnsAt + 8;
  for (; lowOrder <= highOrder; lowOrder += 4, highOrder -= 4, low += rowBytes, high -= rowBytes, turn += 8) {
    const p = elementsAt + <usize>load<u32>(lowOrder);
    const q = elementsAt + <usize>load<u32>(highOrder);
    const evenRe = f32x4.add(v128.load(p), v128.load(q));
    const evenIm = f32x4.sub(v128.load(p, 16), v128.load(q, 16));
    const oddRe = f32x4.add(v128.load(p, 16), v128.load(q, 16));
    const oddIm = f32x4.sub(v128.load(q), v128.load(p));
    const cos = v128.load32_splat(turn);
    const sin = v128.load32_splat(turn, 4);
    const turnedRe = f32x4.add(f32x4.mul(cos, oddRe), f32x4.mul(sin, oddIm));
    const turnedIm = f32x4.sub(f32x4.mul(cos, oddIm), f32x4.mul(sin, oddRe));
    storePower(low, f32x4.add(evenRe, turnedRe), f32x4.add(evenIm, turnedIm));
    storePower(high, f32x4.sub(evenRe, turnedRe), f32x4.sub(evenIm, turnedIm));
  }
}

/** The squares of what is below 2^-50 would near the end of a float's range, where each takes a hundred times as long. */
function storePower(to: usize, re: v128, im: v128): void {
  const least = f32x4.splat(8.881784197001252e-16);
  const x = v128.and(re, f32x4.ge(f32x4.abs(re), least));
  const y = v128.and(im, f32x4.ge(f32x4.abs(im), least));
  v128.store(to, f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)));
}

/** Of `count` vectors, in place. */
export function squareRoots(vectorsAt: usize, count: i32): void {
  const end = vectorsAt + ((<usize>count) << 4);
  for (let at = vectorsAt; at < end; at += 16) v128.store(at, f32x4.sqrt(v128.load(at)));
}
