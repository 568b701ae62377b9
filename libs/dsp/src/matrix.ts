import { SignalError } from './signal-error.js';

/** 1 GiB of values: what is larger is no feature of a recording, but a mistake. */
const mostValues = 2 ** 28;

/** A dense matrix, row after row: element (r, c) is `data[r * columns + c]`. */
export interface Matrix {
  rows: number;
  columns: number;
  /** `rows * columns` values, owned by the matrix. */
  data: Float32Array;
}

/**
 * A matrix of zeros.
 *
 * @throws SignalError if it had more than 2^28 values
 */
export function newMatrix(rows: number, columns: number): Matrix {
  if (rows * columns > mostValues)
    throw new SignalError(`the recording is too long for its features: ${rows} x ${columns} values are too many`);
  return { rows, columns, data: new Float32Array(rows * columns) };
}

/** The same values with rows and columns exchanged, in an array of its own. */
export function transpose({ rows, columns, data }: Matrix): Matrix {
  const turned = newMatrix(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned.data[column * rows + row] = data[row * columns + column]!;
  }
  return turned;
}
