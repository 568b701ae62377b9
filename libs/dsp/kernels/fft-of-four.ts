// Four complex transforms at once, one in each lane. An element is a vector of real parts, then one of imaginary parts:
// 32 bytes.

/**
 * Transforms of `size` elements each, all over those from `from` to `end`. In place, by decimation in frequency: element
 * `i` of a result lies where the digits of `i` in base 4 lead when read backwards (the last one in base 2 where `size` is
 * no power of 4). Depth first, so that all but the first passes stay in the nearest cache.
 *
 * @param size a power of two
 * @param twiddlesAt for each butterfly of `size`, then of `size / 4`, and so on down to 8: cosine and sine of one, two and
 *   three times its angle
 */
export function fftOfFour(from: usize, end: usize, size: i32, twiddlesAt: usize): void {
  if (size == 4) return butterflies(from, end);
  if (size == 2) return pairs(from, end);
  if (size == 1) return;
  const quarter = (<usize>size) << 3;
  const twiddlesEnd = twiddlesAt + quarter - (quarter >> 2);
  for (let at = from; at < end; at += quarter << 2) {
    turnedButterflies(at, quarter, twiddlesAt, twiddlesEnd);
    fftOfFour(at, at + (quarter << 2), size >> 2, twiddlesEnd);
  }
}

function turnedButterflies(at: usize, quarter: usize, twiddlesAt: usize, twiddlesEnd: usize): void {
  let a = at;
  for (let twiddle = twiddlesAt; twiddle < twiddlesEnd; twiddle += 24, a += 32) {
    const b = a + quarter;
    const c = b + quarter;
    const d = c + quarter;
    const sumReAC = f32x4.add(v128.load(a), v128.load(c));
    const sumImAC = f32x4.add(v128.load(a, 16), v128.load(c, 16));
    const sumReBD = f32x4.add(v128.load(b), v128.load(d));
    const sumImBD = f32x4.add(v128.load(b, 16), v128.load(d, 16));
    const lessReAC = f32x4.sub(v128.load(a), v128.load(c));
    const lessImAC = f32x4.sub(v128.load(a, 16), v128.load(c, 16));
    const lessReBD = f32x4.sub(v128.load(b), v128.load(d));
    const lessImBD = f32x4.sub(v128.load(b, 16), v128.load(d, 16));
    v128.store(a, f32x4.add(sumReAC, sumReBD));
    v128.store(a, f32x4.add(sumImAC, sumImBD), 16);
    storeTurned(b, f32x4.add(lessReAC, lessImBD), f32x4.sub(lessImAC, lessReBD), twiddle);
    storeTurned(c, f32x4.sub(sumReAC, sumReBD), f32x4.sub(sumImAC, sumImBD), twiddle + 8);
    storeTurned(d, f32x4.sub(lessReAC, lessImBD), f32x4.add(lessImAC, lessReBD), twiddle + 16);
  }
}

/** Times the cosine minus i times the sine. */
export function storeTurned(to: usize, re: v128, im: v128, twiddle: usize): void {
  const cos = v128.load32_splat(twiddle);
  const sin = v128.load32_splat(twiddle, 4);
  v128.store(to, f32x4.add(f32x4.mul(re, cos), f32x4.mul(im, sin)));
  v128.store(to, f32x4.sub(f32x4.mul(im, cos), f32x4.mul(re, sin)), 16);
}

/** Transforms of four elements each. */
function butterflies(from: usize, end: usize): void {
  for (let at = from; at < end; at += 128) {
    const sumReAC = f32x4.add(v128.load(at), v128.load(at, 64));
    const sumImAC = f32x4.add(v128.load(at, 16), v128.load(at, 80));
    const sumReBD = f32x4.add(v128.load(at, 32), v128.load(at, 96));
    const sumImBD = f32x4.add(v128.load(at, 48), v128.load(at, 112));
    const lessReAC = f32x4.sub(v128.load(at), v128.load(at, 64));
    const lessImAC = f32x4.sub(v128.load(at, 16), v128.load(at, 80));
    const lessReBD = f32x4.sub(v128.load(at, 32), v128.load(at, 96));
    const lessImBD = f32x4.sub(v128.load(at, 48), v128.load(at, 112));
    v128.store(at, f32x4.add(sumReAC, sumReBD));
    v128.store(at, f32x4.add(sumImAC, sumImBD), 16);
    v128.store(at, f32x4.add(lessReAC, lessImBD), 32);
    v128.store(at, f32x4.sub(lessImAC, lessReBD), 48);
    v128.store(at, f32x4.sub(sumReAC, sumReBD), 64);
    v128.store(at, f32x4.sub(sumImAC, sumImBD), 80);
    v128.store(at, f32x4.sub(lessReAC, lessImBD), 96);
    v128.store(at, f32x4.add(lessImAC, lessReBD), 112);
  }
}

/** Transforms of two elements each. */
function pairs(from: usize, end: usize): void {
  for (let at = from; at < end; at += 64) {
    const re = v128.load(at);
    const im = v128.load(at, 16);
    v128.store(at, f32x4.add(re, v128.load(at, 32)));
    v128.store(at, f32x4.add(im, v128.load(at, 48)), 16);
    v128.store(at, f32x4.sub(re, v128.load(at, 32)), 32);
    v128.store(at, f32x4.sub(im, v128.load(at, 48)), 48);
  }
}
