import type { Matrix } from '../matrix.js';
import { weightedSums } from '../weighted-sums.js';

/**
 * The orthonormal cosine transform (DCT-II) of each column.
 *
 * @param coefficients how many rows of the result are wanted, the first ones; 1 to `matrix.rows`. Default all.
 * @returns one row per coefficient, as many columns as `matrix`
 */
export function dct2(matrix: Matrix, coefficients = matrix.rows): Matrix {
  const rows = Array.from({ length: coefficients }, (_, k) => ({ first: 0, weights: cosines(k, matrix.rows) }));
  return weightedSums(rows, matrix);
}

function cosines(k: number, length: number): Float64Array {
  const scale = Math.sqrt((k === 0 ? 1 : 2) / length);
  return Float64Array.from({ length }, (_, n) => scale * Math.cos((Math.PI * k * (2 * n + 1)) / (2 * length)));
}
