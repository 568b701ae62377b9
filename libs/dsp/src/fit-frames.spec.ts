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

  it('refuses to repeat more frames than there are', () => {
    expect(() => fitFrames(features, { frames: 7, ...repeatTail })).toThrow(SignalError);
    expect(() => fitFrames(features, { frames: 7, ...repeatTail })).toThrow(/gives 3 frames.*6 at most; 7 are needed/);
  });

  it('leaves its input alone', () => {
    fitFrames(features, { frames: 2, ...zeros }).data.fill(9);
    expect([...features.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
