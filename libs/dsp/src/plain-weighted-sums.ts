import { newMatrix, type Matrix } from './matrix.js';
import type { RowWeights } from './weighted-sums.js';

/** {@link weightedSums} without kernels, in double precision: what they are compared with; for any sizes. */
export function plainWeightedSums(rows: readonly RowWeights[], { columns, data }: Matrix): Matrix {
  const product = newMatrix(rows.length, columns);
  const sums = new Float64Array(columns);
  rows.forEach(({ first, weights }, row) => {
    sums.fill(0);
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i]!;
      for (let column = 0, at = (first + i) * columns; column < columns; column++, at++) {
        sums[column]! += weight * data[at]!;
      }
    }
    product.data.set(sums, row * columns);
  });
  return product;
}
