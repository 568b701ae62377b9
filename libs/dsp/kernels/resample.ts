/**
 * Outputs at a rate of `up` for every `down` inputs. Output k lies `(phase + k * down) / up` inputs after the first, and
 * is the sum of `taps` (a multiple of 8) inputs from there on, each times its weight in the row of its phase.
 *
 * Outputs `up` apart share their row: four of them at once share every read of a weight. Each sum is added up in the same
 * order however many are computed at once, so that no result depends on how a recording is cut.
 */
export function phaseSums(
  rowsAt: usize,
  taps: i32,
  samplesAt: usize,
  sumsAt: usize,
  count: i32,
  up: i32,
  down: i32,
  phase: i32,
): void {
  const rowBytes = (<usize>taps) << 2;
  const apart = (<usize>down) << 2;
  const sumsApart = (<usize>up) << 2;
  const whole = (<usize>(down / up)) << 2;
  const rest = down % up;
  let from = samplesAt;
  let to = sumsAt;
  let left = count;
  for (; left >= 4 * up; left -= 4 * up) {
    for (let k = 0; k < up; k++) {
      fourSums(rowsAt + <usize>phase * rowBytes, rowBytes, from, apart, to, sumsApart);
      to += 4;
      from += whole;
      phase += rest;
      if (phase >= up) {
        phase -= up;
        from += 4;
      }
    }
    from += 3 * apart;
    to += 3 * sumsApart;
  }
  for (; left > 0; left--) {
    oneSum(rowsAt + <usize>phase * rowBytes, rowBytes, from, to);
    to += 4;
    from += whole;
    phase += rest;
    if (phase >= up) {
      phase -= up;
      from += 4;
    }
  }
}

function fourSums(row: usize, rowBytes: usize, from: usize, apart: usize, to: usize, sumsApart: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let a2 = a;
  let b2 = a;
  let c2 = a;
  let d2 = a;
  const end = row + rowBytes;
  let second = from + apart;
  let third = second + apart;
  let fourth = third + apart;
  for (; row < end; row += 32) {
    const even = v128.load(row);
    a = f32x4.add(a, f32x4.mul(even, v128.load(from)));
    b = f32x4.add(b, f32x4.mul(even, v128.load(second)));
    c = f32x4.add(c, f32x4.mul(even, v128.load(third)));
    d = f32x4.add(d, f32x4.mul(even, v128.load(fourth)));
    const odd = v128.load(row, 16);
    a2 = f32x4.add(a2, f32x4.mul(odd, v128.load(from, 16)));
    b2 = f32x4.add(b2, f32x4.mul(odd, v128.load(second, 16)));
    c2 = f32x4.add(c2, f32x4.mul(odd, v128.load(third, 16)));
    d2 = f32x4.add(d2, f32x4.mul(odd, v128.load(fourth, 16)));
    from += 32;
    second += 32;
    third += 32;
    fourth += 32;
  }
  store<f32>(to, ofLanes(f32x4.add(a, a2)));
  store<f32>(to + sumsApart, ofLanes(f32x4.add(b, b2)));
  store<f32>(to + 2 * sumsApart, ofLanes(f32x4.add(c, c2)));
  store<f32>(to + 3 * sumsApart, ofLanes(f32x4.add(d, d2)));
}

function oneSum(row: usize, rowBytes: usize, from: usize, to: usize): void {
  let a = f32x4.splat(0);
  let a2 = a;
  const end = row + rowBytes;
  for (; row < end; row += 32, from += 32) {
    a = f32x4.add(a, f32x4.mul(v128.load(row), v128.load(from)));
    a2 = f32x4.add(a2, f32x4.mul(v128.load(row, 16), v128.load(from, 16)));
  }
  store<f32>(to, ofLanes(f32x4.add(a, a2)));
}

/**
 * The same where outputs can lie anywhere between inputs. Each side has `entriesPerInput` rows and one more, of `taps / 2`
 * weights and as many slopes; what is left over of an output's position times the slopes is added to the weights.
 *
 * @param leftAt rows for the inputs up to the output, the farthest first
 * @param rightAt rows for those after it, the nearest first
 */
export function interpolatedSums(
  leftAt: usize,
  rightAt: usize,
  taps: i32,
  entriesPerInput: f64,
  samplesAt: usize,
  sumsAt: usize,
  count: i32,
  up: f64,
  down: f64,
  phase: f64,
): void {
  const halfBytes = (<usize>taps) << 1;
  const whole = (<usize>Math.floor(down / up)) << 2;
  const rest = down - up * Math.floor(down / up);
  const end = sumsAt + ((<usize>count) << 2);
  let from = samplesAt;
  for (let to = sumsAt; to < end; to += 4) {
    const before = (phase / up) * entriesPerInput;
    const after = (1 - phase / up) * entriesPerInput;
    const left = slopedSum(leftAt, before, halfBytes, from);
    const right = slopedSum(rightAt, after, halfBytes, from + halfBytes);
    store<f32>(to, ofLanes(f32x4.add(left, right)));
    from += whole;
    phase += rest;
    if (phase >= up) {
      phase -= up;
      from += 4;
    }
  }
}

function slopedSum(rowsAt: usize, position: f64, halfBytes: usize, from: usize): v128 {
  const offset = Math.floor(position);
  const beyond = f32x4.splat(<f32>(position - offset));
  let sum = f32x4.splat(0);
  let row = rowsAt + 2 * <usize>offset * halfBytes;
  const end = row + halfBytes;
  for (; row < end; row += 16, from += 16) {
    const weights = f32x4.add(v128.load(row), f32x4.mul(beyond, v128.load(row + halfBytes)));
    sum = f32x4.add(sum, f32x4.mul(weights, v128.load(from)));
  }
  return sum;
}

function ofLanes(sums: v128): f32 {
  const pairs = f32x4.add(sums, i8x16.shuffle(sums, sums, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}
