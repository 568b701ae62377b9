import { describe, expect, it } from '@jest/globals';
import { invert, toGrey } from './to-grey.js';

const colours = {
  width: 5,
  height: 1,
  rgb: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0),
};

describe('grey values', () => {
  it('weigh red, green and blue as BT.709 does', () => {
    const expected = Float32Array.of(0.2125, 0.7154, 0.0721, 1, 0);
    expect(toGrey(colours)).toEqual({ width: 5, height: 1, values: expected });
  });

  it('inverted twice are what they were', () => {
    const plane = { width: 3, height: 1, values: Float32Array.of(0, 0.25, 1) };
    expect(invert(plane).values).toEqual(Float32Array.of(1, 0.75, 0));
    expect(invert(invert(plane))).toEqual(plane);
  });
});
