import type { Concatenate, Pad, Repeat, Slice, Transpose } from '../network/operations.js';
import { valueCount } from '../network/tensor.js';
import { rowsTogether, type Batch } from './batch.js';
import { gather, stepsOf } from './gather.js';

export function transpose({ order }: Transpose, { shape, data }: Batch): Float32Array {
  const steps = stepsOf(shape);
  const offsets = order.map((axis) => offsetsOf(shape[axis]!, (index) => index * steps[axis]!));
  return gather(data, valueCount(shape), offsets);
}

export function pad({ margins, mode, value }: Pad, { shape, data }: Batch): Float32Array {
  const steps = stepsOf(shape);
  const offsets = shape.map((size, axis) => {
    const [before, after] = margins[axis]!;
    return offsetsOf(before + size + after, (index) => {
      const inside = source(mode, index - before, size);
      return inside < 0 ? -1 : inside * steps[axis]!;
    });
  });
  return gather(data, valueCount(shape), offsets, value);
}

/** The index, within an axis, whose value stands at `index`, which may be outside; -1 for none. */
function source(mode: Pad['mode'], index: number, size: number): number {
  if (index >= 0 && index < size) return index;
  switch (mode) {
    case 'constant':
      return -1;
    case 'edge':
      return index < 0 ? 0 : size - 1;
    case 'reflect':
      return index < 0 ? -index : 2 * (size - 1) - index;
  }
}

export function slice({ axes }: Slice, { shape, data }: Batch): Float32Array {
  const steps = stepsOf(shape);
  const offsets = axes.map(({ start, end, step }, axis) =>
    offsetsOf(Math.ceil((end - start) / step), (index) => (start + index * step) * steps[axis]!),
  );
  return gather(data, valueCount(shape), offsets);
}

export function repeat({ times }: Repeat, { shape, data }: Batch): Float32Array {
  const steps = stepsOf(shape);
  const offsets = shape.map((size, axis) =>
    offsetsOf(size * times[axis]!, (index) => Math.floor(index / times[axis]!) * steps[axis]!),
  );
  return gather(data, valueCount(shape), offsets);
}

/** @param shape of the result */
export function concatenate({ axis }: Concatenate, inputs: readonly Batch[], shape: readonly number[]): Float32Array {
  const { rows } = rowsTogether(inputs);
  const output = new Float32Array(rows * valueCount(shape));
  const outer = valueCount(shape.slice(0, axis));
  const stride = valueCount(shape.slice(axis));
  let start = 0;
  for (const { shape: own, data } of inputs) {
    const length = valueCount(own.slice(axis));
    for (let block = 0; block < rows * outer; block++) {
      // A constant's blocks come again in each row.
      const from = (block * length) % data.length;
      output.set(data.subarray(from, from + length), block * stride + start);
    }
    start += length;
  }
  return output;
}

function offsetsOf(length: number, offset: (index: number) => number): Int32Array {
  return Int32Array.from({ length }, (_, index) => offset(index));
}
