import type { Pixels, Plane } from './pixels.js';

/** One value a pixel, from 0, black, to 1, white, read a line at a time: a photograph need not lie in memory as floats. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /**
   * Reads as many pixels of one row or column as `line` holds.
   *
   * @param first index of the first pixel, row by row from the top left
   * @param step from one pixel's index to the next one's: 1 along a row, `width` along a column
   */
  readonly read: (line: Float32Array, first: number, step: number) => void;
}

/** Shares of red, green and blue in grey, as in scikit-image's `rgb2gray`: those of BT.709 for linear light. */
export const defaultGreyWeights = [0.2125, 0.7154, 0.0721] as const;

/** An image's grey: a weighted sum of its colours. */
export function greyRaster(
  { width, height, rgb }: Pixels,
  weights: readonly [number, number, number] = defaultGreyWeights,
): Raster {
  const [red, green, blue] = weights.map((weight) => weight / 255) as [number, number, number];
  const read: Raster['read'] = (line, first, step) => {
    for (let i = 0, at = 3 * first; i < line.length; i++, at += 3 * step)
      line[i] = red * rgb[at]! + green * rgb[at + 1]! + blue * rgb[at + 2]!;
  };
  return { width, height, read };
}

/** One of an image's colours: 0 red, 1 green, 2 blue. */
export function colourRaster({ width, height, rgb }: Pixels, colour: 0 | 1 | 2): Raster {
  const read: Raster['read'] = (line, first, step) => {
    for (let i = 0, at = 3 * first + colour; i < line.length; i++, at += 3 * step) line[i] = rgb[at]! / 255;
  };
  return { width, height, read };
}

/** A plane, to be read as a raster. */
export function planeRaster({ width, height, values }: Plane): Raster {
  const read: Raster['read'] = (line, first, step) => {
    for (let i = 0, at = first; i < line.length; i++, at += step) line[i] = values[at]!;
  };
  return { width, height, read };
}

/** Black becomes white, and white black. */
export function inverted({ width, height, read }: Raster): Raster {
  const readInverted: Raster['read'] = (line, first, step) => {
    read(line, first, step);
    for (let i = 0; i < line.length; i++) line[i] = 1 - line[i]!;
  };
  return { width, height, read: readInverted };
}

/** A raster as a plane: all of it in memory. */
export function toPlane(raster: Raster): Plane {
  const { width, height } = raster;
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) raster.read(values.subarray(y * width, (y + 1) * width), y * width, 1);
  return { width, height, values };
}

/** The part of a raster that begins at a column and a row; it must lie within. */
export function cropped(
  { width, read }: Raster,
  part: { left: number; top: number; width: number; height: number },
): Raster {
  const origin = part.top * width + part.left;
  // A line goes along a row or a column of the part; its start is given in the part's own indices.
  const readPart: Raster['read'] = (line, first, step) => {
    const x = first % part.width;
    const y = (first - x) / part.width;
    read(line, origin + y * width + x, step === 1 ? 1 : width);
  };
  return { width: part.width, height: part.height, read: readPart };
}
