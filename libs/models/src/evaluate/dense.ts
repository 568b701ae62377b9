import type { Dense } from '../network/operations.js';
import { addProducts, startSums } from './add-products.js';
import type { Batch } from './batch.js';

export function dense({ kernel, bias }: Dense, { data }: Batch): Float32Array {
  const [valuesIn, valuesOut] = [kernel.shape[0]!, kernel.shape[1]!];
  const count = data.length / valuesIn;
  const output = new Float32Array(count * valuesOut);
  const sums = new Float64Array(valuesOut);
  for (let i = 0; i < count; i++) {
    startSums(sums, bias);
    addProducts(sums, data, i * valuesIn, valuesIn, kernel.data, 0);
    output.set(sums, i * valuesOut);
  }
  return output;
}
