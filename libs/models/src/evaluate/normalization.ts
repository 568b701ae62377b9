import type { BatchNormalization, LayerNormalization } from '../network/operations.js';
import { valueCount } from '../network/tensor.js';
import type { Batch } from './batch.js';

export function batchNormalization(operation: BatchNormalization, { data }: Batch): Float32Array {
  const [mean, variance, scale, offset] = (['mean', 'variance', 'scale', 'offset'] as const).map(
    (role) => operation[role].data,
  );
  const factors = Float64Array.from(variance!, (v, c) => scale![c]! / Math.sqrt(v + operation.epsilon));
  const output = new Float32Array(data.length);
  for (let from = 0; from < data.length; from += factors.length)
    for (let c = 0; c < factors.length; c++)
      output[from + c] = (data[from + c]! - mean![c]!) * factors[c]! + offset![c]!;
  return output;
}

export function layerNormalization(operation: LayerNormalization, { shape, data }: Batch): Float32Array {
  const { axes, epsilon, scale, offset } = operation;
  const length = valueCount(shape.slice(shape.length - axes));
  const output = new Float32Array(data.length);
  for (let from = 0; from < data.length; from += length) {
    const { mean, variance } = momentsOf(data.subarray(from, from + length));
    const deviation = Math.sqrt(variance + epsilon);
    for (let i = 0; i < length; i++) {
      const normal = (data[from + i]! - mean) / deviation;
      output[from + i] = normal * (scale?.data[i] ?? 1) + (offset?.data[i] ?? 0);
    }
  }
  return output;
}

function momentsOf(values: Float32Array): { mean: number; variance: number } {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, variance: squares / values.length };
}
