import { describe, expect, it } from '@jest/globals';
import { pattern } from '../../test-support/pattern.js';
import { readReferences } from '../../test-support/references.js';
import { planeRaster } from '../rasters.js';
import type { ResizeMethod } from './blends.js';
import { fitImage } from './fit-image.js';
import { resize } from './resize.js';

/** A reference's name: what is done, and the two sizes. */
function parseName(name: string) {
  const [, how = '', ...sizes] = /^([\w-]+) (\d+)x(\d+) to (\d+)x(\d+)$/.exec(name)!;
  const [fromWidth, fromHeight, width, height] = sizes.map(Number) as [number, number, number, number];
  return { how, raster: planeRaster(pattern(fromWidth, fromHeight)), size: { width, height } };
}

function largestDifference(values: Float32Array, expected: readonly number[]): number {
  expect(values).toHaveLength(expected.length);
  return Math.max(...expected.map((value, at) => Math.abs(values[at]! - value)));
}

// From 40 to 28, centres of new pixels lie on edges of old ones: which of the two is nearest, libraries say differently.
const resized = /^(scikit-image|bilinear|triangle|area|nearest (?!40)) ?/;
const namesOf = (library: 'scikit-image' | 'tensorflow', kind: RegExp) =>
  Object.entries(readReferences(library)).filter(([name]) => kind.test(name));

describe('resizing', () => {
  // TensorFlow's are the farthest: it computes in 32-bit floats, positions included.
  it.each([...namesOf('scikit-image', resized), ...namesOf('tensorflow', resized)])(
    'gives what scikit-image, Pillow and TensorFlow give: %s',
    (name, expected) => {
      const { how, raster, size } = parseName(name);
      expect(largestDifference(resize(raster, size, how as ResizeMethod).values, expected)).toBeLessThan(3e-6);
    },
  );

  it.each(namesOf('tensorflow', /^(pad|crop) /))('keeps proportions as TensorFlow does: %s', (name, expected) => {
    const { how, raster, size } = parseName(name);
    const { values } = fitImage(raster, { ...size, method: 'bilinear', aspect: how as 'pad' | 'crop' });
    expect(largestDifference(values, expected)).toBeLessThan(3e-6);
  });

  it.each(['scikit-image', 'bilinear', 'triangle', 'area', 'nearest'] as const)(
    'by %s leaves an image of that size as it is, and an even surface even',
    (method) => {
      expect(resize(planeRaster(pattern(11, 7)), { width: 11, height: 7 }, method)).toEqual(pattern(11, 7));
      const even = { width: 37, height: 5, values: new Float32Array(37 * 5).fill(0.25) };
      for (const value of resize(planeRaster(even), { width: 28, height: 28 }, method).values)
        expect(value).toBeCloseTo(0.25, 6);
    },
  );

  it.each(['scikit-image', 'triangle', 'area'] as const)('by %s is the same whichever axis comes first', (method) => {
    const { width, height, values } = pattern(90, 3);
    const turned = { width: height, height: width, values: new Float32Array(values.length) };
    values.forEach((value, at) => (turned.values[(at % width) * height + Math.floor(at / width)] = value));
    const low = resize(planeRaster(pattern(90, 3)), { width: 4, height: 40 }, method).values;
    const narrow = resize(planeRaster(turned), { width: 40, height: 4 }, method).values;
    low.forEach((value, at) => expect(narrow[(at % 4) * 40 + Math.floor(at / 4)]).toBeCloseTo(value, 6));
  });

  it('fills what is around a padded image', () => {
    const { values } = fitImage(planeRaster(pattern(8, 4)), { width: 4, height: 4, aspect: 'pad', fill: 0.5 });
    expect([...values.subarray(0, 4), ...values.subarray(12)]).toEqual(new Array(8).fill(0.5));
    expect(values.subarray(4, 12)).not.toContain(0.5);
  });
});
