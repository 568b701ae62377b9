import { newMatrix, type Matrix } from './matrix.js';

/** A statistic of each row, or of the whole matrix; or given: one number for all rows, or one for each. */
export type Statistic = 'row' | 'matrix' | number | readonly number[];

/** What becomes 0, and what becomes a distance of 1 from it. */
export interface StandardiseSpec {
  /** Default `row`. */
  mean?: Statistic;
  /** Standard deviation, over all values rather than one less (numpy's ddof=0). Default `row`. */
  std?: Statistic;
  /** A standard deviation below this one counts as this one, so that rows that do not change give 0. Default 1e-8. */
  leastStd?: number;
}

/** Which values become which. */
export interface RescaleSpec {
  /** Whether the smallest and largest value are those of the whole matrix, or of each row. Default `matrix`. */
  over?: 'matrix' | 'row';
  /** What the smallest value becomes. Default 0. */
  lowest?: number;
  /** What the largest value becomes. Default 1. */
  highest?: number;
}

/**
 * `(value - mean) / std`.
 *
 * @returns a matrix of its own, of the same shape
 * @throws RangeError if a list has not one number for each row
 */
export function standardise(matrix: Matrix, spec: StandardiseSpec = {}): Matrix {
  const { mean = 'row', std = 'row', leastStd = 1e-8 } = spec;
  const means = perRow(matrix, mean, meanOf);
  const stds = perRow(matrix, std, stdOf);
  return mapRows(matrix, (value, row) => (value - means[row]!) / Math.max(leastStd, stds[row]!));
}

/**
 * The values moved and scaled into a range, such as [0, 1] or [-1, 1]. Where all are equal, they become its lower end.
 *
 * @returns a matrix of its own, of the same shape
 */
export function rescale(matrix: Matrix, { over = 'matrix', lowest = 0, highest = 1 }: RescaleSpec = {}): Matrix {
  const smallest = perRow(matrix, over, smallestOf);
  const largest = perRow(matrix, over, largestOf);
  return mapRows(matrix, (value, row) => {
    const range = largest[row]! - smallest[row]!;
    return range === 0 ? lowest : lowest + ((highest - lowest) * (value - smallest[row]!)) / range;
  });
}

function perRow(matrix: Matrix, statistic: Statistic, of: (values: Float32Array) => number): readonly number[] {
  const { rows, columns, data } = matrix;
  if (statistic === 'row') {
    return Array.from({ length: rows }, (_, row) => of(data.subarray(row * columns, (row + 1) * columns)));
  }
  if (statistic === 'matrix') return Array<number>(rows).fill(of(data));
  if (typeof statistic === 'number') return Array<number>(rows).fill(statistic);
  if (statistic.length !== rows)
    throw new RangeError(`${statistic.length} numbers are not one for each of ${rows} rows`);
  return statistic;
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function stdOf(values: Float32Array): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2;
  return Math.sqrt(sum / values.length);
}

function smallestOf(values: Float32Array): number {
  let smallest = Infinity;
  for (let i = 0; i < values.length; i++) smallest = Math.min(smallest, values[i]!);
  return smallest;
}

function largestOf(values: Float32Array): number {
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]!);
  return largest;
}

function mapRows({ rows, columns, data }: Matrix, change: (value: number, row: number) => number): Matrix {
  const changed = newMatrix(rows, columns);
  for (let row = 0; row < rows; row++) {
    for (let i = row * columns; i < (row + 1) * columns; i++) changed.data[i] = change(data[i]!, row);
  }
  return changed;
}
