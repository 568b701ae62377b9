import { newKernels, type Kernels } from './kernels/kernels.js';
import { newMatrix, type Matrix } from './matrix.js';

/** Powers below this one count as this one: -100 dB. */
const leastPower = 1e-10;
/** How many values are in the memory at a time; a multiple of 4. */
const mostValues = 2 ** 16;
let kernels: Kernels | undefined;

/**
 * Powers as decibels relative to 1, from -100 dB up, within 1e-5 dB.
 *
 * @param topDb values further than this below the loudest of the matrix are raised to there. Default 80;
 *   Infinity keeps them all.
 * @returns a matrix of its own, of the same shape
 */
export function toDecibels(power: Matrix, topDb = 80): Matrix {
  kernels ??= newKernels(mostValues * Float32Array.BYTES_PER_ELEMENT);
  const values = new Float32Array(kernels.memory.buffer, 0, mostValues);
  const { data } = newMatrix(power.rows, power.columns);
  let loudest = leastPower;
  for (let done = 0; done < data.length; done += mostValues) {
    loudest = kernels.largest(0, load(values, power.data, done), loudest);
  }
  const floor = 10 * Math.log10(loudest) - topDb;
  for (let done = 0; done < data.length; done += mostValues) {
    kernels.decibels(0, load(values, power.data, done), leastPower, floor);
    data.set(values.subarray(0, Math.min(mostValues, data.length - done)), done);
  }
  return { ...power, data };
}

/** @returns how many values are in the memory, in whole vectors */
function load(values: Float32Array, from: Float32Array, start: number): number {
  const part = from.subarray(start, start + values.length);
  values.set(part);
  const count = 4 * Math.ceil(part.length / 4);
  values.fill(0, part.length, count);
  return count;
}
