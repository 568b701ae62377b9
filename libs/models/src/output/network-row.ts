import { InputError } from '../errors.js';
import { isAllFinite } from '../network/tensor.js';

/** What went into a network for one input, and what came out: of the output that the card reads. */
export interface NetworkRow {
  /** Of the network's only or first input. */
  input: Float32Array;
  output: Float32Array;
}

/**
 * One call's inputs and outputs, taken apart.
 *
 * @param rows how many there are of both, one after the other
 * @returns views, not copies
 */
export function toRows(inputs: Float32Array, outputs: Float32Array, rows: number): NetworkRow[] {
  const [taken, given] = [inputs.length / rows, outputs.length / rows];
  return Array.from({ length: rows }, (_, row) => ({
    input: inputs.subarray(row * taken, (row + 1) * taken),
    output: outputs.subarray(row * given, (row + 1) * given),
  }));
}

/** @throws InputError if a value is not finite: no result can be made of it, and JSON has no word for it */
export function requireFinite(output: Float32Array): void {
  if (!isAllFinite(output)) throw new InputError('the network gives values that are not finite for this input');
}
