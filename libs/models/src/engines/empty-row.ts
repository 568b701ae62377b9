import { valueCount } from '../network/tensor.js';

/** One row of zeros for each input of a network, for a call whose outputs nobody reads. */
export function emptyRow(inputShapes: readonly (readonly number[])[]): Float32Array[] {
  return inputShapes.map((shape) => new Float32Array(valueCount(shape)));
}
