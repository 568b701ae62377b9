/** One sample a frame: the sum of its channels' 16-bit integers times `scale`. */
export function meanOfInt16(valuesAt: usize, monoAt: usize, frames: i32, channels: i32, scale: f32): void {
  if (channels == 8) return meanOfEight(valuesAt, monoAt, frames, scale);
  let from = valuesAt;
  const end = monoAt + ((<usize>frames) << 2);
  for (let to = monoAt; to < end; to += 4) {
    let sum: i32 = 0;
    for (let channel = 0; channel < channels; channel++, from += 2) sum += load<i16>(from);
    store<f32>(to, <f32>sum * scale);
  }
}

/** Eight 16-bit integers fill a vector: arrays of microphones often have eight. */
function meanOfEight(valuesAt: usize, monoAt: usize, frames: i32, scale: f32): void {
  let from = valuesAt;
  const end = monoAt + ((<usize>frames) << 2);
  for (let to = monoAt; to < end; to += 4, from += 16) {
    const pairs = i32x4.extadd_pairwise_i16x8_s(v128.load(from));
    const fours = i32x4.add(pairs, i8x16.shuffle(pairs, pairs, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    store<f32>(to, <f32>(i32x4.extract_lane(fours, 0) + i32x4.extract_lane(fours, 1)) * scale);
  }
}
