import type { Plane } from '../pixels.js';
import type { Raster } from '../rasters.js';
import { blendsOf, type Blend, type ResizeMethod } from './blends.js';

export interface Size {
  width: number;
  height: number;
}

/**
 * The image at another size, its proportions not kept.
 *
 * @param method default `scikit-image`
 */
export function resize(raster: Raster, { width, height }: Size, method: ResizeMethod = 'scikit-image'): Plane {
  const [across, down] = [blendsOf(method, raster.width, width), blendsOf(method, raster.height, height)];
  // The axis first that leaves less to be kept of a long thin image.
  if (width * raster.height <= raster.width * height)
    return { width, height, values: sumOfLines(eachRow(raster, across), width, down) };
  return { width, height, values: transposed(sumOfLines(eachColumn(raster, down), height, across), height) };
}

/** The blends of each row, one row after the other. */
function eachRow(raster: Raster, blends: Blend[]): Float32Array {
  const result = new Float32Array(blends.length * raster.height);
  const row = new Float32Array(raster.width);
  for (let y = 0; y < raster.height; y++) {
    raster.read(row, y * raster.width, 1);
    blendLine(row, blends, result.subarray(y * blends.length));
  }
  return result;
}

/** The blends of each column, one column after the other. */
function eachColumn(raster: Raster, blends: Blend[]): Float32Array {
  const result = new Float32Array(blends.length * raster.width);
  const column = new Float32Array(raster.height);
  for (let x = 0; x < raster.width; x++) {
    raster.read(column, x, raster.width);
    blendLine(column, blends, result.subarray(x * blends.length));
  }
  return result;
}

function blendLine(line: Float32Array, blends: Blend[], result: Float32Array): void {
  for (let index = 0; index < blends.length; index++) {
    const { first, weights } = blends[index]!;
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += weights[k]! * line[first + k]!;
    result[index] = sum;
  }
}

/** The blends of whole lines of `length` values, one line after the other. */
function sumOfLines(lines: Float32Array, length: number, blends: Blend[]): Float32Array {
  const result = new Float32Array(blends.length * length);
  const sums = new Float64Array(length);
  blends.forEach(({ first, weights }, index) => {
    sums.fill(0);
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k]!;
      const start = (first + k) * length;
      for (let i = 0; i < length; i++) sums[i]! += weight * lines[start + i]!;
    }
    result.set(sums, index * length);
  });
  return result;
}

function transposed(values: Float32Array, width: number): Float32Array {
  const height = values.length / width;
  const result = new Float32Array(values.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) result[x * height + y] = values[y * width + x]!;
  return result;
}
