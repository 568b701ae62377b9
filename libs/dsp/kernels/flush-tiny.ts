/**
 * Samples below 2^-64 become 0: a processor that meets numbers near the end of a float's range takes a hundred times as
 * long for each.
 *
 * @param count a multiple of 4
 * @returns the largest magnitude; not a number if a sample is none
 */
export function flushTiny(samplesAt: usize, count: i32): f32 {
  const least = i32x4.splat(0x1f800000);
  const end = samplesAt + ((<usize>count) << 2);
  // As integers, magnitudes have the same order, and those of what is no number come last.
  let most = i32x4.splat(0);
  for (let at = samplesAt; at < end; at += 16) {
    const samples = v128.load(at);
    const magnitudes = f32x4.abs(samples);
    most = i32x4.max_s(most, magnitudes);
    v128.store(at, v128.and(samples, i32x4.ge_s(magnitudes, least)));
  }
  return reinterpret<f32>(
    max(
      max(i32x4.extract_lane(most, 0), i32x4.extract_lane(most, 1)),
      max(i32x4.extract_lane(most, 2), i32x4.extract_lane(most, 3)),
    ),
  );
}
