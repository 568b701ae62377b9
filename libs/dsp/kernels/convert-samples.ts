/**
 * Integers of 1 to 8 bytes as floats within [-1, 1). `patternAt` holds, for two integers, which of their bytes makes
 * which byte of a 32-bit integer with the same highest bits; 128 makes a byte of zeros.
 *
 * @param flip what the 32-bit integers are combined with by exclusive or: their highest bit if they are unsigned
 */
export function convertIntegers(
  integersAt: usize,
  samplesAt: usize,
  count: i32,
  sampleBytes: i32,
  patternAt: usize,
  flip: i32,
): void {
  const first = v128.load(patternAt);
  const last = v128.load(patternAt, 16);
  const flips = i32x4.splat(flip);
  const scale = f32x4.splat(1.0 / 2147483648);
  const half = (<usize>sampleBytes) << 1;
  const end = samplesAt + ((<usize>count) << 2);
  let from = integersAt;
  for (let to = samplesAt; to < end; to += 16, from += half << 1) {
    const two = i8x16.swizzle(v128.load(from), first);
    const more = i8x16.swizzle(v128.load(from + half), last);
    const integers = v128.xor(v128.or(two, more), flips);
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(integers), scale));
  }
}

/** Floats of 32 bits, their bytes brought in order by the pattern. */
export function convertFloats32(floatsAt: usize, samplesAt: usize, count: i32, patternAt: usize): void {
  const pattern = v128.load(patternAt);
  const end = samplesAt + ((<usize>count) << 2);
  let from = floatsAt;
  for (let to = samplesAt; to < end; to += 16, from += 16) {
    v128.store(to, i8x16.swizzle(v128.load(from), pattern));
  }
}

/** Floats of 64 bits, their bytes brought in order by the pattern. */
export function convertFloats64(floatsAt: usize, samplesAt: usize, count: i32, patternAt: usize): void {
  const pattern = v128.load(patternAt);
  const end = samplesAt + ((<usize>count) << 2);
  let from = floatsAt;
  for (let to = samplesAt; to < end; to += 16, from += 32) {
    const two = f32x4.demote_f64x2_zero(i8x16.swizzle(v128.load(from), pattern));
    const more = f32x4.demote_f64x2_zero(i8x16.swizzle(v128.load(from, 16), pattern));
    v128.store(to, v128.shuffle<f32>(two, more, 0, 1, 4, 5));
  }
}

/** Codes of one byte, each of which stands for a float of the table. */
export function convertCodes(codesAt: usize, samplesAt: usize, count: i32, tableAt: usize): void {
  const end = samplesAt + ((<usize>count) << 2);
  let from = codesAt;
  for (let to = samplesAt; to < end; to += 4, from++) {
    store<f32>(to, load<f32>(tableAt + ((<usize>load<u8>(from)) << 2)));
  }
}

/** Whether no sample is infinite or no number. Writes zeros behind them. */
export function areFinite(samplesAt: usize, count: i32): bool {
  const end = samplesAt + ((<usize>count) << 2);
  v128.store(end, f32x4.splat(0));
  let sums = f32x4.splat(0);
  for (let from = samplesAt; from < end; from += 16) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(from), f32x4.splat(0)));
  }
  return v128.any_true(f32x4.ne(sums, sums)) == false;
}
