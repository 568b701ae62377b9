import { describe, expect, it } from '@jest/globals';
import { fitFrames, type FitSpec } from './fit-frames.js';
import type { Matrix } from './matrix.js';
import { SignalError } from './signal-error.js';

const features: Matrix = { rows: 2, columns: 3, data: Float32Array.of(1, 2, 3, 4, 5, 6) };
const repeatTail = { short: 'repeat-tail', long: 'truncate' } as const;
const zeros = { short: 'zeros', long: 'truncate' } as const;

describe('fitFrames', () => {
  it.each<[string, FitSpec, number[][]]>([
    [
      'leaves a matrix that fits',
      { frames: 3, ...zeros },
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      'drops the last frames of a long one',
      { frames: 2, ...zeros },
      [
        [1, 2],
        [4, 5],
      ],
    ],
    [
      'cuts the padding, too',
      { frames: 4, padRight: 2, ...repeatTail },
      [
        [1, 2, 3, 0],
        [4, 5, 6, 0],
      ],
    ],
    [
      'fills a short one with zeros',
      { frames: 5, ...zeros },
      [
        [1, 2, 3, 0, 0],
        [4, 5, 6, 0, 0],
      ],
    ],
    [
      'repeats the last frames of a short one',
      { frames: 5, ...repeatTail },
      [
        [1, 2, 3, 2, 3],
        [4, 5, 6, 5, 6],
      ],
    ],
    [
      'repeats them with their padding',
      { frames: 6, padRight: 1, ...repeatTail },
      [
        [1, 2, 3, 0, 3, 0],
        [4, 5, 6, 0, 6, 0],
      ],
    ],
    [
      'repeats all of them at most',
      { frames: 6, ...repeatTail },
      [
        [1, 2, 3, 1, 2, 3],
        [4, 5, 6, 4, 5, 6],
      ],
    ],
  ])('%s', (_, fit, rows) => {
    const fitted = fitFrames(features, fit);
    expect([fitted.rows, fitted.columns]).toEqual([2, fit.frames]);
    expect([...fitted.data]).toEqual(rows.flat());
  });

  it.each<[string, FitSpec, number[]]>([
    ['fills with the smallest value', { frames: 4, short: 'minimum', long: 'truncate' }, [1, 2, 3, 1, 4, 5, 6, 1]],
    ['repeats the last frame', { frames: 4, short: 'edge', long: 'truncate' }, [1, 2, 3, 3, 4, 5, 6, 6]],
    ['fills both sides, the right one first', { frames: 4, fillAt: 'both', ...zeros }, [1, 2, 3, 0, 4, 5, 6, 0]],
    [
      'repeats the frames at both ends',
      { frames: 6, fillAt: 'both', short: 'edge', long: 'truncate' },
      [1, 1, 2, 3, 3, 3, 4, 4, 5, 6, 6, 6],
    ],
    ['keeps the middle of a long one', { frames: 1, short: 'zeros', long: 'middle' }, [2, 5]],
    ['keeps the earlier of two middles', { frames: 2, short: 'zeros', long: 'middle' }, [1, 2, 4, 5]],
  ])('%s', (_, fit, values) => {
    expect([...fitFrames(features, fit).data]).toEqual(values);
  });

  it('refuses a tail on both sides, and features without frames', () => {
    expect(() => fitFrames(features, { frames: 5, fillAt: 'both', ...repeatTail })).toThrow(RangeError);
    expect(() => fitFrames({ rows: 2, columns: 0, data: new Float32Array() }, { frames: 5, ...zeros })).toThrow(
      SignalError,
    );
  });

  it('refuses to repeat more frames than there are', () => {
    expect(() => fitFrames(features, { frames: 7, ...repeatTail })).toThrow(SignalError);
    expect(() => fitFrames(features, { frames: 7, ...repeatTail })).toThrow(/gives 3 frames.*6 at most; 7 are needed/);
  });

  it('leaves its input alone', () => {
    fitFrames(features, { frames: 2, ...zeros }).data.fill(9);
    expect([...features.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
