/**
 * The product of a matrix, given as runs of weights row by row, with another one.
 *
 * @param matrixAt of which `columns` columns are taken, at least 4; its rows are `matrixRowBytes` apart
 * @param runsAt for each row of the product, the first row of the matrix that it is made of, and how many
 * @param weightsAt those of all runs, one after the other
 * @param sumsAt the product, whose rows are `sumsRowBytes` apart
 */
export function weightedSums(
  matrixAt: usize,
  matrixRowBytes: usize,
  columns: i32,
  runsAt: usize,
  runs: i32,
  weightsAt: usize,
  sumsAt: usize,
  sumsRowBytes: usize,
): void {
  const runsEnd = runsAt + ((<usize>runs) << 3);
  const end = (<usize>columns) << 2;
  let at: usize = 0;
  for (; at + 64 <= end; at += 64) {
    sixteenColumns(matrixAt + at, matrixRowBytes, runsAt, runsEnd, weightsAt, sumsAt + at, sumsRowBytes);
  }
  while (at < end) {
    // The last four columns overlap those before them.
    if (at + 16 > end) at = end - 16;
    fourColumns(matrixAt + at, matrixRowBytes, runsAt, runsEnd, weightsAt, sumsAt + at, sumsRowBytes);
    at += 16;
  }
}

function sixteenColumns(
  matrixAt: usize,
  matrixRowBytes: usize,
  runsAt: usize,
  runsEnd: usize,
  weightsAt: usize,
  sumsAt: usize,
  sumsRowBytes: usize,
): void {
  let weight = weightsAt;
  let to = sumsAt;
  for (let run = runsAt; run < runsEnd; run += 8, to += sumsRowBytes) {
    let from = matrixAt + <usize>load<u32>(run) * matrixRowBytes;
    const end = weight + ((<usize>load<u32>(run, 4)) << 2);
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    while (weight < end) {
      // Sixteen terms are summed before they join the rest: rounding then costs a fifth of what it does one by one.
      const partEnd = min(end, weight + 64);
      let partA = f32x4.splat(0);
      let partB = f32x4.splat(0);
      let partC = f32x4.splat(0);
      let partD = f32x4.splat(0);
      for (; weight < partEnd; weight += 4, from += matrixRowBytes) {
        const factor = v128.load32_splat(weight);
        partA = f32x4.add(partA, f32x4.mul(factor, v128.load(from)));
        partB = f32x4.add(partB, f32x4.mul(factor, v128.load(from, 16)));
        partC = f32x4.add(partC, f32x4.mul(factor, v128.load(from, 32)));
        partD = f32x4.add(partD, f32x4.mul(factor, v128.load(from, 48)));
      }
      a = f32x4.add(a, partA);
      b = f32x4.add(b, partB);
      c = f32x4.add(c, partC);
      d = f32x4.add(d, partD);
    }
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}

/** Four rows at a time, as each addition waits for the one before it. */
function fourColumns(
  matrixAt: usize,
  matrixRowBytes: usize,
  runsAt: usize,
  runsEnd: usize,
  weightsAt: usize,
  sumsAt: usize,
  sumsRowBytes: usize,
): void {
  const twoRows = 2 * matrixRowBytes;
  const threeRows = 3 * matrixRowBytes;
  let weight = weightsAt;
  let to = sumsAt;
  for (let run = runsAt; run < runsEnd; run += 8, to += sumsRowBytes) {
    let from = matrixAt + <usize>load<u32>(run) * matrixRowBytes;
    const end = weight + ((<usize>load<u32>(run, 4)) << 2);
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (; weight + 12 < end; weight += 16, from += 4 * matrixRowBytes) {
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(weight), v128.load(from)));
      b = f32x4.add(b, f32x4.mul(v128.load32_splat(weight, 4), v128.load(from + matrixRowBytes)));
      c = f32x4.add(c, f32x4.mul(v128.load32_splat(weight, 8), v128.load(from + twoRows)));
      d = f32x4.add(d, f32x4.mul(v128.load32_splat(weight, 12), v128.load(from + threeRows)));
    }
    for (; weight < end; weight += 4, from += matrixRowBytes) {
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(weight), v128.load(from)));
    }
    v128.store(to, f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  }
}
