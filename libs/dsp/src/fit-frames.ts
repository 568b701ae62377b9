import { newMatrix, type Matrix } from './matrix.js';
import { SignalError } from './signal-error.js';

/** How features of any duration become the fixed number of frames that a network takes. */
export interface FitSpec {
  /** Columns of the result; at least 1. */
  frames: number;
  /** Columns of zeros appended before anything else. Default 0. */
  padRight?: number;
  /**
   * What fills a matrix that is still too short: `zeros`, or `repeat-tail`, a copy of its last columns (zeros of
   * `padRight` included), as many as are missing. The copy cannot be longer than what there is to copy.
   */
  short: 'repeat-tail' | 'zeros';
  /** What happens to a matrix that is too long: `truncate` drops its last columns. */
  long: 'truncate';
}

/**
 * The same rows in exactly `fit.frames` columns, in an array of its own.
 *
 * @throws SignalError if `short` is `repeat-tail` and fewer than half of the frames are there
 */
export function fitFrames(features: Matrix, { frames, padRight = 0, short }: FitSpec): Matrix {
  const padded = features.columns + padRight;
  const missing = Math.max(0, frames - padded);
  if (short === 'repeat-tail' && missing > padded) {
    throw new SignalError(
      `the recording is too short: it gives ${features.columns} frames of features, and repeating its end makes ` +
        `${2 * padded} at most; ${frames} are needed`,
    );
  }
  const fitted = newMatrix(features.rows, frames);
  for (let row = 0; row < features.rows; row++) {
    const source = features.data.subarray(row * features.columns, (row + 1) * features.columns);
    const target = fitted.data.subarray(row * frames, (row + 1) * frames);
    target.set(source.subarray(0, frames));
    if (short === 'repeat-tail') target.copyWithin(padded, padded - missing, padded);
  }
  return fitted;
}
