/**
 * The logarithms of `count` values, in place: `factor` times the decibels of each, less `zero`.
 *
 * @param count a multiple of 4
 * @param least what smaller values count as
 * @param offset what is added to each; with `least`, it makes more than 1e-38
 * @param floor what smaller results are raised to
 */
export function levels(valuesAt: usize, count: i32, least: f32, offset: f32, factor: f32, zero: f32, floor: f32): void {
  const end = valuesAt + ((<usize>count) << 2);
  for (let at = valuesAt; at < end; at += 16) {
    const value = f32x4.add(f32x4.pmax(v128.load(at), f32x4.splat(least)), f32x4.splat(offset));
    // Nothing for a number: Infinity and what is no number stay what they are.
    const excess = f32x4.pmax(f32x4.sub(value, f32x4.splat(f32.MAX_VALUE)), f32x4.splat(0));
    const level = f32x4.sub(f32x4.mul(decibelsOf(value), f32x4.splat(factor)), f32x4.splat(zero));
    v128.store(at, f32x4.pmax(f32x4.add(level, excess), f32x4.splat(floor)));
  }
}

/** The largest of `least` and of `count` values, a multiple of 4. Values that are no numbers are passed over. */
export function largest(valuesAt: usize, count: i32, least: f32): f32 {
  const end = valuesAt + ((<usize>count) << 2);
  // pmax takes one instruction and max eight, because of what it does about values that are no numbers.
  let most = f32x4.splat(least);
  for (let at = valuesAt; at < end; at += 16) most = f32x4.pmax(most, v128.load(at));
  return max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
}

/** 10 log10(2), as what is a multiple of 2^-11, so that an exponent times it is exact, and the rest. */
const perDoublingHigh: f32 = 3.01025390625;
const perDoublingLow: f32 = 4.6050389811952137e-5;

/**
 * A value is 2^exponent times 1 + x, which lies between sqrt(1/2) and sqrt(2). There x times this polynomial of x is
 * 10 log10(1 + x) within 1.5e-7, by a minimax fit; its terms are summed in pairs so that they need not wait for each other.
 */
function decibelsOf(value: v128): v128 {
  // The bits of sqrt(1/2); what exceeds them carries into the exponent from sqrt(2) on.
  const offset = i32x4.splat(0x3f3504f3);
  const shifted = i32x4.sub(value, offset);
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const x = f32x4.sub(i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), offset), f32x4.splat(1));
  const squared = f32x4.mul(x, x);
  const terms01 = f32x4.add(f32x4.splat(4.342944145202637), f32x4.mul(x, f32x4.splat(-2.171501398086548)));
  const terms23 = f32x4.add(f32x4.splat(1.4477720260620117), f32x4.mul(x, f32x4.splat(-1.083970546722412)));
  const terms45 = f32x4.add(f32x4.splat(0.8630754351615906), f32x4.mul(x, f32x4.splat(-0.7527828812599182)));
  const terms67 = f32x4.add(f32x4.splat(0.7131109833717346), f32x4.mul(x, f32x4.splat(-0.4387342631816864)));
  const terms03 = f32x4.add(terms01, f32x4.mul(squared, terms23));
  const terms47 = f32x4.add(terms45, f32x4.mul(squared, terms67));
  const series = f32x4.add(terms03, f32x4.mul(f32x4.mul(squared, squared), terms47));
  const low = f32x4.add(f32x4.mul(exponent, f32x4.splat(perDoublingLow)), f32x4.mul(x, series));
  return f32x4.add(f32x4.mul(exponent, f32x4.splat(perDoublingHigh)), low);
}
