import type { Arithmetic } from '../network/operations.js';
import { valueCount } from '../network/tensor.js';
import { rowsTogether, type Batch } from './batch.js';
import { spreadTo } from './gather.js';

/** @param shape of the result */
export function arithmetic({ operator }: Arithmetic, a: Batch, b: Batch, shape: readonly number[]): Float32Array {
  const { rows } = rowsTogether([a, b]);
  const output = new Float32Array(rows * valueCount(shape));
  const [left, right] = [spreadTo(a.data, a.shape, shape), spreadTo(b.data, b.shape, shape)];
  const apply = operators[operator];
  // A constant is as long as one row, and comes again in each.
  for (let i = 0; i < output.length; i++) output[i] = apply(left[i % left.length]!, right[i % right.length]!);
  return output;
}

const operators: Record<Arithmetic['operator'], (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  power: Math.pow,
};
