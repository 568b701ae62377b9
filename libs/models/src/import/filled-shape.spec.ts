import { describe, expect, it } from '@jest/globals';

import { filledShape } from './filled-shape.js';

const any = undefined;

describe('filledShape', () => {
  it('leaves a shape without free axes as it is', () => {
    expect(filledShape('it', [40, 433, 1], { inputShape: [1, 2] })).toEqual([40, 433, 1]);
  });

  it.each([
    [
      [any, 13],
      [44, 13],
      [44, 13],
    ],
    [
      [any, any, 1],
      [40, 433],
      [40, 433, 1],
    ],
    [
      [40, any, 1],
      [40, 433],
      [40, 433, 1],
    ],
    [
      [any, 13],
      [1, 44, 13],
      [44, 13],
    ],
    [[1, any], [7], [1, 7]],
  ])('fills %j from %j', (sizes, inputShape, filled) => {
    expect(filledShape('it', sizes, { inputShape })).toEqual(filled);
  });

  it.each([
    [[any, 13], any, 'it takes any x 13, and nothing says how long its free axes are'],
    [[any, any, 3], [40, 433], 'it takes any x any x 3, and the card makes 40 x 433'],
    [[any, 13], [44, 12], 'it takes any x 13, and the card makes 44 x 12'],
    [[0, 13], [44, 12], 'it has 0 x 13 values'],
  ])('refuses %j with %j', (sizes, inputShape, message) => {
    expect(() => filledShape('it', sizes, inputShape ? { inputShape } : {})).toThrow(message);
  });
});
