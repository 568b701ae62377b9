import type { Conv } from '../network/operations.js';
import { valueCount } from '../network/tensor.js';
import { addProducts, startSums } from './add-products.js';
import type { Batch } from './batch.js';
import { Windows } from './windows.js';

/** @param shape of the result */
export function conv(operation: Conv, input: Batch, shape: readonly number[]): Float32Array {
  const { kernel, bias, strides, dilations, margins } = operation;
  const [size, count] = [input.shape.slice(0, -1), shape.slice(0, -1)];
  const [channelsIn, channelsOut] = [input.shape.at(-1)!, shape.at(-1)!];
  const before = margins.map(([zeros]) => zeros);
  const windows = new Windows({ size, window: kernel.shape.slice(0, -2), strides, dilations, before, count });
  const output = new Float32Array(input.rows * valueCount(shape));
  const addTap = operation.groups === 1 ? addWhole : kernel.shape.at(-2) === 1 ? addDepthwise : addGrouped;
  const rowLength = valueCount(input.shape);
  const sums = new Float64Array(channelsOut);
  for (let row = 0; row < input.rows; row++)
    for (let position = 0; position < windows.total; position++) {
      startSums(sums, bias);
      windows.moveTo(position);
      for (let tap = 0; tap < windows.taps.length; tap++) {
        const at = windows.taps[tap]!;
        if (at >= 0) addTap(sums, input.data, row * rowLength + at * channelsIn, operation, tap);
      }
      output.set(sums, (row * windows.total + position) * channelsOut);
    }
  return output;
}

type AddTap = (sums: Float64Array, values: Float32Array, from: number, operation: Conv, tap: number) => void;

const addWhole: AddTap = (sums, values, from, { kernel: { shape, data } }, tap) => {
  const channels = shape.at(-2)!;
  addProducts(sums, values, from, channels, data, tap * channels * sums.length);
};

const addDepthwise: AddTap = (sums, values, from, { kernel: { data }, groups }, tap) => {
  const [width, each] = [sums.length, sums.length / groups];
  if (each === 1) for (let o = 0; o < width; o++) sums[o]! += values[from + o]! * data[tap * width + o]!;
  else for (let o = 0; o < width; o++) sums[o]! += values[from + Math.floor(o / each)]! * data[tap * width + o]!;
};

const addGrouped: AddTap = (sums, values, from, { kernel: { shape, data }, groups }, tap) => {
  const [channels, width] = [shape.at(-2)!, sums.length];
  const each = width / groups;
  for (let group = 0; group < groups; group++) {
    const part = sums.subarray(group * each, (group + 1) * each);
    addProducts(part, values, from + group * channels, channels, data, tap * channels * width + group * each, width);
  }
};
