import { newKernels, type Kernels } from './kernels/kernels.js';
import type { Matrix } from './matrix.js';
import { plainLevels } from './plain-levels.js';

/** How values become levels: `perBel * log10((max(least, value) + offset) / reference)`. */
export interface LevelSpec {
  /** Values below this one count as this one. */
  least: number;
  /** Default 0. It and `least` together are more than 0, as there is no logarithm of 0. */
  offset?: number;
  /** What a factor of 10 counts: 10 makes decibels of powers, 20 of magnitudes, `Math.LN10` natural logarithms. */
  perBel: number;
  /** The value at level 0, or `max`, the largest of the matrix. Default 1. */
  reference?: number | 'max';
  /** Levels further than this below the largest of the matrix are raised to there. Default Infinity: none is. */
  range?: number;
}

/** How many values are in the memory at a time; a multiple of 4. */
const mostValues = 2 ** 16;
/** Below it floats have fewer digits, which the kernel does not know of. */
const leastForKernels = 1e-37;
let kernels: Kernels | undefined;

/**
 * The logarithm of every value, in single precision: within 1e-5 dB for those from 1e-10 to 1e4. Infinity and what is no
 * number stay what they are.
 *
 * @returns a matrix of its own, of the same shape
 * @throws RangeError if the logarithm of 0 could be asked for
 */
export function levels(matrix: Matrix, spec: LevelSpec): Matrix {
  const { least, offset = 0, perBel, reference = 1, range = Infinity } = spec;
  if (!(least + offset > 0)) throw new RangeError('levels need a least value above 0, or an offset');
  if (least + offset < leastForKernels) return plainLevels(matrix, spec);
  kernels ??= newKernels(mostValues * Float32Array.BYTES_PER_ELEMENT);
  const memory = new Float32Array(kernels.memory.buffer, 0, mostValues);
  // Written over below; a copy takes half as long as zeros.
  const data = matrix.data.slice();
  let largest = least;
  for (let done = 0; done < data.length; done += mostValues) {
    largest = kernels.largest(0, load(memory, matrix.data, done), largest);
  }
  const top = perBel * Math.log10(largest + offset);
  const zero = reference === 'max' ? top : perBel * Math.log10(reference);
  for (let done = 0; done < data.length; done += mostValues) {
    const count = load(memory, matrix.data, done);
    kernels.levels(0, count, least, offset, perBel / 10, zero, top - zero - range);
    data.set(memory.subarray(0, Math.min(mostValues, data.length - done)), done);
  }
  return { rows: matrix.rows, columns: matrix.columns, data };
}

/** @returns how many values are in the memory, in whole vectors */
function load(memory: Float32Array, values: Float32Array, start: number): number {
  const part = values.subarray(start, start + memory.length);
  memory.set(part);
  const count = 4 * Math.ceil(part.length / 4);
  memory.fill(0, part.length, count);
  return count;
}
