import type { Reduce } from '../network/operations.js';
import { valueCount } from '../network/tensor.js';
import type { Batch } from './batch.js';
import { gather, stepsOf } from './gather.js';

/** The reduced axes are brought to the end, where what belongs together is neighbours. */
export function reduce({ reduce: kind, axes }: Reduce, { shape, data }: Batch): Float32Array {
  const steps = stepsOf(shape);
  const kept = [...shape.keys()].filter((axis) => !axes.includes(axis));
  const offsets = [...kept, ...axes].map((axis) =>
    Int32Array.from({ length: shape[axis]! }, (_, index) => index * steps[axis]!),
  );
  const ordered = gather(data, valueCount(shape), offsets);
  const length = valueCount(axes.map((axis) => shape[axis]!));
  const output = new Float32Array(ordered.length / length);
  for (let i = 0; i < output.length; i++) output[i] = reducers[kind](ordered.subarray(i * length, (i + 1) * length));
  return output;
}

const reducers: Record<Reduce['reduce'], (values: Float32Array) => number> = {
  max: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
  min: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  mean: (values) => sum(values) / values.length,
  sum,
};

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
