import type { Embedding } from '../network/operations.js';
import type { Batch } from './batch.js';

/** @throws RangeError if a value is not the number of a row */
export function embedding({ table }: Embedding, { data }: Batch): Float32Array {
  const [rows, length] = [table.shape[0]!, table.shape[1]!];
  const output = new Float32Array(data.length * length);
  data.forEach((number, i) => {
    if (!Number.isInteger(number) || number < 0 || number >= rows)
      throw new RangeError(`${number} is no row of a table of ${rows}`);
    output.set(table.data.subarray(number * length, (number + 1) * length), i * length);
  });
  return output;
}
