import { describe, expect, it } from '@jest/globals';
import { colourRaster, cropped, greyRaster, inverted, planeRaster, toPlane } from './rasters.js';

const colours = {
  width: 5,
  height: 1,
  rgb: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0),
};
const plane = { width: 3, height: 2, values: Float32Array.of(0, 0.25, 1, 0.5, 0.75, 0.125) };

describe('rasters', () => {
  it('of grey weigh red, green and blue as BT.709 does', () => {
    const expected = Float32Array.of(0.2125, 0.7154, 0.0721, 1, 0);
    expect(toPlane(greyRaster(colours))).toEqual({ width: 5, height: 1, values: expected });
  });

  it('of grey weigh as they are told', () => {
    expect(toPlane(greyRaster(colours, [0.25, 0.5, 0.125])).values).toEqual(
      Float32Array.of(0.25, 0.5, 0.125, 0.875, 0),
    );
  });

  it('of a colour have that colour', () => {
    expect(toPlane(colourRaster(colours, 2)).values).toEqual(Float32Array.of(0, 0, 1, 1, 0));
  });

  it('inverted twice are what they were', () => {
    const once = inverted(planeRaster(plane));
    expect(toPlane(once).values).toEqual(Float32Array.of(1, 0.75, 0, 0.5, 0.25, 0.875));
    expect(toPlane(inverted(once))).toEqual(plane);
  });

  it('are cropped to the same part by rows and by columns', () => {
    const part = cropped(planeRaster(plane), { left: 1, top: 0, width: 2, height: 2 });
    expect(toPlane(part).values).toEqual(Float32Array.of(0.25, 1, 0.75, 0.125));
    const column = new Float32Array(2);
    part.read(column, 1, part.width);
    expect(column).toEqual(Float32Array.of(1, 0.125));
  });
});
