/** One sample a frame: the mean of its channels. */
export function meanOfFloats(samplesAt: usize, monoAt: usize, frames: i32, channels: i32): void {
  if (channels == 2) return meanOfPairs(samplesAt, monoAt, frames);
  const divisor = <f64>channels;
  let from = samplesAt;
  const end = monoAt + ((<usize>frames) << 2);
  for (let to = monoAt; to < end; to += 4) {
    let sum: f64 = 0;
    for (let channel = 0; channel < channels; channel++, from += 4) sum += <f64>load<f32>(from);
    store<f32>(to, <f32>(sum / divisor));
  }
}

/** Halves are added, since the sum of two floats may be too large for one. */
function meanOfPairs(samplesAt: usize, monoAt: usize, frames: i32): void {
  const half = f32x4.splat(0.5);
  let from = samplesAt;
  const end = monoAt + ((<usize>frames) << 2);
  for (let to = monoAt; to < end; to += 16, from += 32) {
    const two = f32x4.mul(v128.load(from), half);
    const more = f32x4.mul(v128.load(from, 16), half);
    v128.store(to, f32x4.add(v128.shuffle<f32>(two, more, 0, 2, 4, 6), v128.shuffle<f32>(two, more, 1, 3, 5, 7)));
  }
}

/** One channel, counted from 0. */
export function pickChannel(samplesAt: usize, monoAt: usize, frames: i32, channels: i32, channel: i32): void {
  const step = (<usize>channels) << 2;
  let from = samplesAt + ((<usize>channel) << 2);
  const end = monoAt + ((<usize>frames) << 2);
  for (let to = monoAt; to < end; to += 4, from += step) store<f32>(to, load<f32>(from));
}
