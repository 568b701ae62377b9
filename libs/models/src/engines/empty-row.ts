import { valueCount } from '../network/tensor.js';

/**
 * Shared, up to 1 MiB: arrays of each load's own would wait for a collection in the midst of what an engine has freed,
 * and the next load would find no room there (1 MiB more of resident memory each time).
 */
const zeros = new Float32Array(2 ** 18);

/** One row of zeros for each input of a network, for a call whose outputs nobody reads. Not to be written to. */
export function emptyRow(inputShapes: readonly (readonly number[])[]): Float32Array[] {
  return inputShapes
    .map(valueCount)
    .map((count) => (count <= zeros.length ? zeros.subarray(0, count) : new Float32Array(count)));
}
