import { copyColumns } from './copy-columns.js';
import { layOut, type LaidOut } from './kernels/memory.js';
import { newMatrix, type Matrix } from './matrix.js';
import { plainWeightedSums } from './plain-weighted-sums.js';

/** What one row of a product is: its weights for a run of the rows of the other matrix, from `first` on. */
export interface RowWeights {
  first: number;
  weights: Float64Array;
}

const floatBytes = 4;
/** How many weights, values and sums are in the memory at a time. */
const [mostWeights, mostValues] = [2 ** 15, 2 ** 16];
const mostRuns = 2 ** 12;
let laidOut: LaidOut<'runs' | 'weights' | 'values' | 'sums'> | undefined;

/**
 * The product of a matrix, given as runs of weights row by row, with another one; in single precision where there are
 * four columns or more.
 *
 * @returns one row per element of `rows`, as many columns as `matrix`
 */
export function weightedSums(rows: readonly RowWeights[], matrix: Matrix): Matrix {
  const weights = rows.reduce((sum, row) => sum + row.weights.length, 0);
  const mostColumns = Math.floor(mostValues / Math.max(matrix.rows, rows.length));
  if (Math.min(matrix.columns, mostColumns) < 4 || weights > mostWeights || rows.length > mostRuns) {
    return plainWeightedSums(rows, matrix);
  }
  const { kernels, at, floats } = (laidOut ??= memory());
  const tables = runTables(rows);
  new Uint32Array(kernels.memory.buffer, at.runs).set(tables.runs);
  floats(at.weights, tables.weights.length).set(tables.weights);
  const product = newMatrix(rows.length, matrix.columns);
  for (let done = 0; done < matrix.columns; done += mostColumns) {
    // Four at least: some are summed once more.
    const columns = Math.max(4, Math.min(mostColumns, matrix.columns - done));
    const first = Math.min(done, matrix.columns - columns);
    const values = floats(at.values, matrix.rows * columns);
    const sums = floats(at.sums, rows.length * columns);
    copyColumns(matrix, first, { rows: matrix.rows, columns, data: values }, 0);
    const rowBytes = floatBytes * columns;
    kernels.weightedSums(at.values, rowBytes, columns, at.runs, rows.length, at.weights, at.sums, rowBytes);
    copyColumns({ rows: rows.length, columns, data: sums }, 0, product, first);
  }
  return product;
}

function memory() {
  return layOut(
    {},
    {
      runs: 2 * floatBytes * mostRuns,
      weights: floatBytes * mostWeights,
      values: floatBytes * mostValues,
      sums: floatBytes * mostValues,
    },
  );
}

/** As kernels read them: the first row and the number of weights of each run; and the weights of all. */
export function runTables(rows: readonly RowWeights[]): { runs: Uint32Array; weights: Float32Array } {
  const runs = new Uint32Array(2 * rows.length);
  const weights = new Float32Array(rows.reduce((sum, row) => sum + row.weights.length, 0));
  let done = 0;
  rows.forEach((row, index) => {
    runs[2 * index] = row.first;
    runs[2 * index + 1] = row.weights.length;
    weights.set(row.weights, done);
    done += row.weights.length;
  });
  return { runs, weights };
}
