import type { ConvTranspose } from '../network/operations.js';
import { valueCount } from '../network/tensor.js';
import { startSums } from './add-products.js';
import type { Batch } from './batch.js';
import { Windows } from './windows.js';

/**
 * Windows lie on the result here, one for each position of the input, which spreads over it.
 *
 * @param shape of the result
 */
export function convTranspose(operation: ConvTranspose, input: Batch, shape: readonly number[]): Float32Array {
  const { kernel, bias, strides, dilations, crop } = operation;
  const [size, count] = [shape.slice(0, -1), input.shape.slice(0, -1)];
  const before = crop.map(([cut]) => cut);
  const windows = new Windows({ size, window: kernel.shape.slice(0, -2), strides, dilations, before, count });
  const [channelsIn, channelsOut] = [input.shape.at(-1)!, shape.at(-1)!];
  const output = new Float32Array(input.rows * valueCount(shape));
  const sums = new Float64Array(valueCount(shape));
  for (let row = 0; row < input.rows; row++) {
    for (let from = 0; from < sums.length; from += channelsOut)
      startSums(sums.subarray(from, from + channelsOut), bias);
    for (let position = 0; position < windows.total; position++) {
      windows.moveTo(position);
      const from = (row * windows.total + position) * channelsIn;
      for (let tap = 0; tap < windows.taps.length; tap++) {
        const at = windows.taps[tap]!;
        if (at >= 0) spread(sums, at * channelsOut, input.data, from, operation, tap);
      }
    }
    output.set(sums, row * sums.length);
  }
  return output;
}

/** Adds what one position of the input gives to one of the result. */
function spread(
  sums: Float64Array,
  to: number,
  values: Float32Array,
  from: number,
  { kernel: { shape, data } }: ConvTranspose,
  tap: number,
): void {
  const [channelsOut, channelsIn] = [shape.at(-2)!, shape.at(-1)!];
  for (let o = 0; o < channelsOut; o++) {
    const weights = (tap * channelsOut + o) * channelsIn;
    let sum = 0;
    for (let i = 0; i < channelsIn; i++) sum += values[from + i]! * data[weights + i]!;
    sums[to + o]! += sum;
  }
}
