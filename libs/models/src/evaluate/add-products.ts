/**
 * Adds to `sums` the product of a row vector and a matrix: value i times row i, for `count` rows that start at
 * `matrix[matrixFrom]` and lie `step` apart. As wide as `sums`. Products of 32-bit floats are exact in 64.
 */
export function addProducts(
  sums: Float64Array,
  values: Float32Array,
  from: number,
  count: number,
  matrix: Float32Array,
  matrixFrom: number,
  step = sums.length,
): void {
  const width = sums.length;
  const whole = count - (count % 4);
  let row = matrixFrom;
  // Four rows at once: the sums are then loaded and stored a quarter as often.
  for (let i = 0; i < whole; i += 4, row += 4 * step) {
    const [a, b, c] = [values[from + i]!, values[from + i + 1]!, values[from + i + 2]!];
    const d = values[from + i + 3]!;
    const [rowB, rowC, rowD] = [row + step, row + 2 * step, row + 3 * step];
    for (let o = 0; o < width; o++)
      sums[o]! += a * matrix[row + o]! + b * matrix[rowB + o]! + c * matrix[rowC + o]! + d * matrix[rowD + o]!;
  }
  for (let i = whole; i < count; i++, row += step) {
    const value = values[from + i]!;
    for (let o = 0; o < width; o++) sums[o]! += value * matrix[row + o]!;
  }
}

/** Sets `sums` to a bias, or to zeros. */
export function startSums(sums: Float64Array, bias: { data: Float32Array } | undefined): void {
  if (bias) sums.set(bias.data);
  else sums.fill(0);
}
