import { valueCount } from '../network/tensor.js';

/** For each index of an axis of a result, where in the source it lies; -1: nowhere. Those of all axes are added up. */
export type AxisOffsets = readonly Int32Array[];

/**
 * Each value of the result from one place of the source, for as many rows as the source has.
 *
 * @param rowLength of the source
 * @param fill what stands where an axis has -1
 */
export function gather(source: Float32Array, rowLength: number, offsets: AxisOffsets, fill = 0): Float32Array {
  const length = offsets.reduce((count, axis) => count * axis.length, 1);
  const rows = source.length / rowLength;
  const result = new Float32Array(rows * length).fill(fill);
  const copy = (depth: number, from: number, to: number, span: number): void => {
    const axis = offsets[depth];
    if (!axis) {
      result[to] = source[from]!;
      return;
    }
    const step = span / axis.length;
    if (depth === offsets.length - 1) copyAxis(result, to, source, from, axis);
    else for (let i = 0; i < axis.length; i++) if (axis[i]! >= 0) copy(depth + 1, from + axis[i]!, to + i * step, step);
  };
  for (let row = 0; row < rows; row++) copy(0, row * rowLength, row * length, length);
  return result;
}

function copyAxis(result: Float32Array, to: number, source: Float32Array, from: number, axis: Int32Array): void {
  for (let i = 0; i < axis.length; i++) if (axis[i]! >= 0) result[to + i] = source[from + axis[i]!]!;
}

/** How far apart neighbours lie on each axis of a row. */
export function stepsOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => valueCount(shape.slice(axis + 1)));
}

/** Values broadcast to a larger shape, from the last axis on. */
export function spreadTo(values: Float32Array, shape: readonly number[], target: readonly number[]): Float32Array {
  const missing = target.length - shape.length;
  const steps = stepsOf(shape);
  const offsets = target.map((size, axis) => {
    const own = axis - missing;
    const step = own < 0 || shape[own] === 1 ? 0 : steps[own]!;
    return Int32Array.from({ length: size }, (_, index) => index * step);
  });
  return gather(values, valueCount(shape), offsets);
}
