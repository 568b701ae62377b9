import { newMatrix, type Matrix } from './matrix.js';
import { SignalError } from './signal-error.js';

/** How changes over time are estimated. */
export interface DeltaSpec {
  /** Frames that each estimate is made from; odd, at least 3. Default 9. */
  width?: number;
  /** 1 is the rate of change, 2 the rate of that; less than `width`. Default 1. */
  order?: number;
  /**
   * In the first and last `(width - 1) / 2` frames: `interp` takes the estimate of the nearest frame that has all its
   * neighbours, `nearest` repeats the first and the last frame beyond the ends. Default `interp`.
   */
  mode?: 'interp' | 'nearest';
}

/**
 * Local estimates of a derivative over time: that of the polynomial of degree `order` that fits `width` frames best.
 * As librosa.feature.delta (A. Savitzky and M. Golay, 1964); with `nearest` and order 1 as torchaudio's ComputeDeltas.
 *
 * @param matrix one column per frame
 * @returns a matrix of its own, of the same shape; per frame
 * @throws SignalError if there are fewer than `width` frames in mode `interp`
 * @throws RangeError if `width` is even or below 3, or `order` is not within 1 to `width - 1`
 */
export function delta(matrix: Matrix, spec: DeltaSpec = {}): Matrix {
  const { width = 9, order = 1, mode = 'interp' } = spec;
  if (!(width >= 3 && width % 2 === 1)) throw new RangeError(`a width of ${width} frames is not odd and at least 3`);
  if (!(Number.isInteger(order) && order >= 1 && order < width)) throw new RangeError(`no order ${order} of ${width}`);
  const { rows, columns, data } = matrix;
  if (mode === 'interp' && columns < width) {
    throw new SignalError(`the recording is too short: ${columns} frames have no changes over ${width}`);
  }
  const weights = derivativeWeights(width, order);
  const half = (width - 1) / 2;
  const changes = newMatrix(rows, columns);
  for (let column = 0; column < columns; column++) {
    // The derivative of that order is the same all over the polynomial: that of a window holds for all its frames.
    const centre = mode === 'interp' ? within(column, half, columns - 1 - half) : column;
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let i = 0; i < width; i++) {
        sum += weights[i]! * data[row * columns + within(centre + i - half, 0, columns - 1)]!;
      }
      changes.data[row * columns + column] = sum;
    }
  }
  return changes;
}

/** All rows of the first matrix, then those of the next: such as coefficients and their deltas. Columns must agree. */
export function stackRows(matrices: readonly [Matrix, ...Matrix[]]): Matrix {
  const [{ columns }] = matrices;
  if (matrices.some((matrix) => matrix.columns !== columns)) throw new RangeError('the columns do not agree');
  const stacked = newMatrix(
    matrices.reduce((rows, matrix) => rows + matrix.rows, 0),
    columns,
  );
  let at = 0;
  for (const { data } of matrices) {
    stacked.data.set(data, at);
    at += data.length;
  }
  return stacked;
}

/** By the polynomial of that degree that is orthogonal to all lower ones over the frames (J. P. Gram, 1883). */
function derivativeWeights(width: number, order: number): Float64Array {
  const places = Float64Array.from({ length: width }, (_, i) => i - (width - 1) / 2);
  let [previous, current] = [new Float64Array(width), new Float64Array(width).fill(1)];
  let factorial = 1;
  for (let degree = 1; degree <= order; degree++) {
    const shrink = degree === 1 ? 0 : energy(current) / energy(previous);
    const next = current.map((value, i) => places[i]! * value - shrink * previous[i]!);
    [previous, current] = [current, next];
    factorial *= degree;
  }
  const scale = factorial / energy(current);
  return current.map((value) => scale * value);
}

function energy(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value ** 2, 0);
}

function within(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(highest, value));
}
