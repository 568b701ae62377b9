import type { Softmax } from '../network/operations.js';
import { valueCount } from '../network/tensor.js';
import type { Batch } from './batch.js';

export function softmax({ axis, logarithm }: Softmax, { shape, data }: Batch): Float32Array {
  const [size, step] = [shape[axis]!, valueCount(shape.slice(axis + 1))];
  const output = new Float32Array(data.length);
  for (let block = 0; block < data.length; block += size * step)
    for (let start = block; start < block + step; start++) softmaxAlong(output, data, { start, size, step, logarithm });
  return output;
}

interface Line {
  start: number;
  size: number;
  step: number;
  logarithm: boolean;
}

/** `exp(x)` by the sum of all; less the largest, which cancels out and keeps it finite. */
function softmaxAlong(output: Float32Array, data: Float32Array, { start, size, step, logarithm }: Line): void {
  const end = start + size * step;
  let [largest, sum] = [-Infinity, 0];
  for (let i = start; i < end; i += step) largest = Math.max(largest, data[i]!);
  for (let i = start; i < end; i += step) sum += Math.exp(data[i]! - largest);
  for (let i = start; i < end; i += step) {
    const exponent = data[i]! - largest;
    output[i] = logarithm ? exponent - Math.log(sum) : Math.exp(exponent) / sum;
  }
}
