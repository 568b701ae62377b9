import { newMatrix, type Matrix } from './matrix.js';

/** What one row of a product is: its weights for a run of the rows of the other matrix, from `first` on. */
export interface RowWeights {
  first: number;
  weights: Float64Array;
}

/**
 * The product of a matrix, given as runs of weights row by row, with another one. Sums are kept in double precision.
 *
 * @returns one row per element of `rows`, as many columns as `matrix`
 */
export function weightedSums(rows: readonly RowWeights[], matrix: Matrix): Matrix {
  const { columns, data } = matrix;
  const product = newMatrix(rows.length, columns);
  const sums = new Float64Array(columns);
  rows.forEach(({ first, weights }, row) => {
    sums.fill(0);
    const inFours = weights.length - (weights.length % 4);
    for (let i = 0; i < inFours; i += 4) addFour(sums, weights, i, data, (first + i) * columns);
    for (let i = inFours; i < weights.length; i++) addOne(sums, weights[i]!, data, (first + i) * columns);
    product.data.set(sums, row * columns);
  });
  return product;
}

/** Four rows at a time take half as long as one by one, as the sums are read and written a quarter as often. */
function addFour(sums: Float64Array, weights: Float64Array, i: number, data: Float32Array, start: number): void {
  const columns = sums.length;
  const [a, b, c, d] = [weights[i]!, weights[i + 1]!, weights[i + 2]!, weights[i + 3]!];
  for (let column = 0, at = start; column < columns; column++, at++) {
    sums[column]! +=
      a * data[at]! + b * data[at + columns]! + c * data[at + 2 * columns]! + d * data[at + 3 * columns]!;
  }
}

function addOne(sums: Float64Array, weight: number, data: Float32Array, start: number): void {
  for (let column = 0; column < sums.length; column++) sums[column]! += weight * data[start + column]!;
}
