import type { Pool } from '../network/operations.js';
import { valueCount } from '../network/tensor.js';
import type { Batch } from './batch.js';
import { Windows } from './windows.js';

/** @param shape of the result */
export function pool(operation: Pool, input: Batch, shape: readonly number[]): Float32Array {
  const { reduce, size: window, strides, margins } = operation;
  const [size, count] = [input.shape.slice(0, -1), shape.slice(0, -1)];
  const before = margins.map(([rim]) => rim);
  const windows = new Windows({ size, window, strides, dilations: window.map(() => 1), before, count });
  const channels = shape.at(-1)!;
  const output = new Float32Array(input.rows * valueCount(shape));
  const rowLength = valueCount(input.shape);
  const reduced = new Float64Array(channels);
  const reduceWindow = reduce === 'max' ? largest : mean;
  for (let row = 0; row < input.rows; row++)
    for (let position = 0; position < windows.total; position++) {
      windows.moveTo(position);
      reduceWindow(reduced, input.data, row * rowLength, windows.taps);
      output.set(reduced, (row * windows.total + position) * channels);
    }
  return output;
}

type ReduceWindow = (reduced: Float64Array, values: Float32Array, from: number, taps: Int32Array) => void;

const largest: ReduceWindow = (reduced, values, from, taps) => {
  reduced.fill(-Infinity);
  for (const tap of taps)
    if (tap >= 0)
      for (let c = 0; c < reduced.length; c++)
        reduced[c] = Math.max(reduced[c]!, values[from + tap * reduced.length + c]!);
};

const mean: ReduceWindow = (reduced, values, from, taps) => {
  reduced.fill(0);
  let inside = 0;
  for (const tap of taps)
    if (tap >= 0) {
      inside++;
      for (let c = 0; c < reduced.length; c++) reduced[c]! += values[from + tap * reduced.length + c]!;
    }
  for (let c = 0; c < reduced.length; c++) reduced[c]! /= inside;
};
