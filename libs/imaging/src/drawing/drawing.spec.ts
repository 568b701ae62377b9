import { describe, expect, it } from '@jest/globals';
import { stroke } from '../../test-support/drawings.js';
import type { Plane } from '../pixels.js';
import { inverted, planeRaster, toPlane } from '../rasters.js';
import { centreDrawing } from './centre-drawing.js';
import { centreOfMass, deskew } from './deskew.js';
import { isOnLight, reduced } from './is-on-light.js';
import { threshold } from './threshold.js';
import { withoutSpecks } from './without-specks.js';

const size = { width: 60, height: 80 };
const slanted = stroke(size, [40, 10], [20, 70]);
const mnist = { width: 28, height: 28, box: 20, least: 0.1, deskew: false };

/** Columns and rows that the light spans. */
function extent({ width, values }: Plane) {
  const lit = [...values.keys()].filter((at) => values[at]! > 0.1);
  const [columns, rows] = [lit.map((at) => at % width), lit.map((at) => Math.floor(at / width))];
  return [columns, rows].map((all) => 1 + Math.max(...all) - Math.min(...all)) as [number, number];
}

/** The same drawing with `level(x, y)` added, as light from the side does. */
function lit(plane: Plane, level: (x: number, y: number) => number): Plane {
  const { width, values } = plane;
  return { ...plane, values: values.map((value, at) => 0.3 * value + level(at % width, Math.floor(at / width))) };
}

describe('a drawing', () => {
  it('is on light as ink is on paper, also in dim light', () => {
    expect(isOnLight(planeRaster(slanted))).toBe(false);
    expect(isOnLight(inverted(planeRaster(slanted)))).toBe(true);
    const dim = { ...slanted, values: slanted.values.map((value) => 0.3 - 0.2 * value) };
    expect(isOnLight(planeRaster(dim))).toBe(true);
    expect(isOnLight(planeRaster({ width: 5, height: 5, values: new Float32Array(25).fill(1) }))).toBe(false);
  });

  it('is reduced to a longer side, and never enlarged', () => {
    expect(reduced(planeRaster(slanted), 40)).toMatchObject({ width: 30, height: 40 });
    expect(reduced(planeRaster(slanted), 1000)).toEqual(slanted);
  });

  it('is told from its ground by one level in even light', () => {
    const { values } = threshold(
      lit(slanted, () => 0.2),
      { kind: 'otsu', smallest: 0 },
    );
    // Where the stroke's edge is grey, it may go either way.
    slanted.values.forEach((value, at) => void (value % 1 === 0 && expect(values[at]).toBe(value)));
  });

  it('is told from its ground by its surroundings in uneven light, where one level does not do', () => {
    const shaded = lit(slanted, (x) => (0.7 * x) / size.width);
    const wanted = slanted.values.map((value) => (value > 0.6 ? 1 : 0));
    const wrong = (plane: Plane) => plane.values.filter((value, at) => value !== wanted[at]).length;
    const adaptive = { kind: 'adaptive-mean', window: 0.5, offset: 0.1, smallest: 0.05 } as const;
    expect(wrong(threshold(shaded, { kind: 'otsu', smallest: 0 }))).toBeGreaterThan(1000);
    expect(wrong(threshold(shaded, adaptive))).toBeLessThan(100);
  });

  it('loses specks, and keeps parts that touch at corners', () => {
    const values = Float32Array.of(1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0);
    const rest = withoutSpecks({ width: 5, height: 3, values }, 0.5).values;
    expect(rest).toEqual(Float32Array.of(1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0));
    expect(withoutSpecks({ width: 5, height: 3, values }, 0).values).toEqual(values);
  });

  it('is set upright, and none of its light is lost', () => {
    const upright = deskew(slanted);
    expect(extent(slanted)[0]).toBeGreaterThan(20);
    expect(extent(upright)[0]).toBeLessThan(9);
    const sum = ({ values }: Plane) => values.reduce((all, value) => all + value, 0);
    expect(sum(upright)).toBeCloseTo(sum(slanted), 2);
  });

  it('that lies flat, or is blank, is left as it is', () => {
    const flat = stroke(size, [5, 38], [55, 42]);
    expect(deskew(flat)).toBe(flat);
    const blank = { width: 4, height: 4, values: new Float32Array(16) };
    expect(deskew(blank)).toBe(blank);
  });

  it.each([
    ['large', stroke({ width: 300, height: 400, radius: 12 }, [200, 60], [90, 330])],
    ['small', stroke({ width: 40, height: 30, radius: 1 }, [3, 3], [9, 8])],
    ['at the edge', stroke(size, [0, 0], [0, 79])],
  ])('that is %s is fitted into the box, its centre of mass within half a pixel of the middle', (_, plane) => {
    const centred = centreDrawing(plane, mnist);
    expect(centred.values).toHaveLength(28 * 28);
    expect(Math.max(...extent(centred))).toBeGreaterThanOrEqual(19);
    expect(Math.max(...extent(centred))).toBeLessThanOrEqual(20);
    const { x, y } = centreOfMass(centred);
    for (const off of [x - 14, y - 14]) expect(Math.abs(off)).toBeLessThanOrEqual(0.5 + 1e-9);
  });

  it('is centred the same wherever it was', () => {
    const here = centreDrawing(stroke({ width: 90, height: 90 }, [20, 20], [40, 50]), mnist);
    const there = centreDrawing(stroke({ width: 90, height: 90 }, [35, 29], [55, 59]), mnist);
    here.values.forEach((value, at) => expect(there.values[at]).toBeCloseTo(value, 5));
  });

  it('whose mass is at its edge goes as far out as it fits', () => {
    const values = new Float32Array(100 * 100).fill(0.11);
    values.fill(1, 0, 400);
    const centred = centreDrawing({ width: 100, height: 100, values }, { ...mnist, box: 28 });
    expect(extent(centred)).toEqual([28, 28]);
  });

  it('that is set upright as well is narrow', () => {
    const [width] = extent(centreDrawing(slanted, { ...mnist, deskew: true }));
    expect(width).toBeLessThan(extent(centreDrawing(slanted, mnist))[0] / 2);
  });

  it('of nothing is refused', () => {
    const blank = toPlane(inverted(planeRaster({ width: 4, height: 4, values: new Float32Array(16).fill(1) })));
    expect(() => centreDrawing(blank, mnist)).toThrow('nothing is drawn on the image');
  });

  it('of which a resize by the nearest pixels takes nothing is refused', () => {
    const side = 200;
    const isEdge = (at: number) => at % side === 0 || at % side === side - 1 || at < side || at >= side * (side - 1);
    const values = Float32Array.from({ length: side * side }, (_, at) => (isEdge(at) ? 1 : 0));
    const thin = { width: side, height: side, values };
    expect(() => centreDrawing(thin, { ...mnist, method: 'nearest' })).toThrow('nothing of it is left');
    expect(extent(centreDrawing(thin, mnist))).toEqual([20, 20]);
  });
});
