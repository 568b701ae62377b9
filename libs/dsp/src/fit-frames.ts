import { newMatrix, type Matrix } from './matrix.js';
import { SignalError } from './signal-error.js';

/** How features of any duration become the fixed number of frames that a network takes. */
export interface FitSpec {
  /** Columns of the result; at least 1. */
  frames: number;
  /** Columns of zeros appended before anything else. Default 0. */
  padRight?: number;
  /**
   * What fills a matrix that is still too short: `zeros`; `minimum`, the smallest value of the features; `edge`, the
   * first and last column again and again; or `repeat-tail`, a copy of the last columns, as many as are missing. Columns
   * of `padRight` are copied like others. The copy of `repeat-tail` cannot be longer than what there is to copy.
   */
  short: 'repeat-tail' | 'zeros' | 'edge' | 'minimum';
  /** Where that goes: behind the features, or half of it before them. `repeat-tail` is for `right`. Default `right`. */
  fillAt?: 'right' | 'both';
  /** What is kept of a matrix that is too long: `truncate` drops its last columns, `middle` as many at both ends. */
  long: 'truncate' | 'middle';
}

/**
 * The same rows in exactly `fit.frames` columns, in an array of its own.
 *
 * @throws SignalError if there are no columns, or `short` is `repeat-tail` and fewer than half of the frames are there
 * @throws RangeError if `repeat-tail` is to go to both sides
 */
export function fitFrames(features: Matrix, fit: FitSpec): Matrix {
  const { frames, padRight = 0, short, fillAt = 'right' } = fit;
  const { rows, columns } = features;
  const padded = columns + padRight;
  const missing = Math.max(0, frames - padded);
  if (columns === 0) throw new SignalError('there are no frames of features');
  if (short === 'repeat-tail' && fillAt !== 'right')
    throw new RangeError('a tail is repeated behind the features only');
  if (short === 'repeat-tail' && missing > padded) throw tooShort(features, padded, frames);
  const fitted = newMatrix(rows, frames);
  if (short === 'minimum' && missing > 0) {
    fitted.data.fill(features.data.reduce((least, value) => Math.min(least, value), Infinity));
  }
  const before = fillAt === 'both' ? Math.floor(missing / 2) : 0;
  const skipped = fit.long === 'middle' ? Math.floor(Math.max(0, padded - frames) / 2) : 0;
  const source = new Float32Array(padded);
  for (let row = 0; row < rows; row++) {
    source.set(features.data.subarray(row * columns, (row + 1) * columns));
    const target = fitted.data.subarray(row * frames, (row + 1) * frames);
    target.set(source.subarray(skipped, skipped + frames), before);
    if (short === 'repeat-tail') target.copyWithin(padded, padded - missing, padded);
    if (short === 'edge') {
      target.fill(source[0]!, 0, before);
      if (missing > 0) target.fill(source[padded - 1]!, before + padded);
    }
  }
  return fitted;
}

function tooShort({ columns }: Matrix, padded: number, frames: number): SignalError {
  return new SignalError(
    `the recording is too short: it gives ${columns} frames of features, and repeating its end makes ` +
      `${2 * padded} at most; ${frames} are needed`,
  );
}
