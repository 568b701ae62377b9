import { describe, expect, it } from '@jest/globals';

import { fillFreeAxes } from './free-axes.js';

describe('fillFreeAxes', () => {
  it('leaves a shape without free axes as it is', () => {
    expect(fillFreeAxes([40, 433, 1], [1, 2])).toEqual([40, 433, 1]);
  });

  it.each([
    [
      [null, 13],
      [44, 13],
      [44, 13],
    ],
    [
      [null, null, 1],
      [40, 433],
      [40, 433, 1],
    ],
    [
      [40, null, 1],
      [40, 433],
      [40, 433, 1],
    ],
    [[1, null], [7], [1, 7]],
  ])('fills %j from %j', (axes, made, filled) => {
    expect(fillFreeAxes(axes, made)).toEqual(filled);
  });

  it.each([
    [[null, 13], undefined],
    [
      [null, null, 3],
      [40, 433],
    ],
  ])('leaves %j free with %j', (axes, made) => {
    expect(fillFreeAxes(axes, made)).toBeUndefined();
  });
});
