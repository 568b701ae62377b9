import type { PRelu } from '../network/operations.js';
import type { Batch } from './batch.js';
import { spreadTo } from './gather.js';

export function prelu({ slope }: PRelu, { shape, data }: Batch): Float32Array {
  const slopes = spreadTo(slope.data, slope.shape, shape);
  const output = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    output[i] = x > 0 ? x : slopes[i % slopes.length]! * x;
  }
  return output;
}
