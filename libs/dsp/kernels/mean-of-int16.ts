/** One sample a frame: the mean of its channels' 16-bit integers, divided by half their range. */
export function meanOfInt16(valuesAt: usize, monoAt: usize, frames: i32, channels: i32): void {
  if (channels == 2) return meanOfPairs(valuesAt, monoAt, frames);
  if (channels == 8) return meanOfEights(valuesAt, monoAt, frames);
  const divisor = <f64>channels * 32768;
  let from = valuesAt;
  const end = monoAt + ((<usize>frames) << 2);
  for (let to = monoAt; to < end; to += 4) {
    let sum: i32 = 0;
    for (let channel = 0; channel < channels; channel++, from += 2) sum += load<i16>(from);
    store<f32>(to, <f32>(<f64>sum / divisor));
  }
}

function meanOfPairs(valuesAt: usize, monoAt: usize, frames: i32): void {
  const scale = f32x4.splat(1.0 / 65536);
  let from = valuesAt;
  const end = monoAt + ((<usize>frames) << 2);
  for (let to = monoAt; to < end; to += 16, from += 16) {
    const sums = i32x4.extadd_pairwise_i16x8_s(v128.load(from));
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(sums), scale));
  }
}

/** Eight 16-bit integers fill a vector: arrays of microphones often have eight. */
function meanOfEights(valuesAt: usize, monoAt: usize, frames: i32): void {
  const scale = f32x4.splat(1.0 / 262144);
  let from = valuesAt;
  const end = monoAt + ((<usize>frames) << 2);
  for (let to = monoAt; to < end; to += 16, from += 64) {
    const first = sumsOfPairs(fours(from, 0), fours(from, 16));
    const last = sumsOfPairs(fours(from, 32), fours(from, 48));
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(sumsOfPairs(first, last)), scale));
  }
}

function fours(from: usize, offset: usize): v128 {
  return i32x4.extadd_pairwise_i16x8_s(v128.load(from + offset));
}

function sumsOfPairs(a: v128, b: v128): v128 {
  return i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7));
}
