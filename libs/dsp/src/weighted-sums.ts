import { newMatrix, type Matrix } from './matrix.js';

/** What one row of a product is: its weights for a run of the rows of the other matrix, from `first` on. */
export interface RowWeights {
  first: number;
  weights: Float64Array | Float32Array;
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
    for (let i = 0; i < weights.length; i++) addScaled(sums, weights[i]!, data, (first + i) * columns);
    product.data.set(sums, row * columns);
  });
  return product;
}

function addScaled(sums: Float64Array, weight: number, data: Float32Array, start: number): void {
  for (let column = 0; column < sums.length; column++) sums[column]! += weight * data[start + column]!;
}
