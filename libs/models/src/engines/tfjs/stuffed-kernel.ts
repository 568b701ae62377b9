import { valueCount, type Tensor } from '../../network/tensor.js';

/** A kernel with zeros between its values, which does without dilations what it did with them. */
export function stuffed(kernel: Tensor, dilations: readonly number[]): Tensor {
  return dilations.reduce((tensor, dilation, axis) => stuffedAlong(tensor, axis, dilation), kernel);
}

function stuffedAlong({ shape, data }: Tensor, axis: number, dilation: number): Tensor {
  if (dilation === 1) return { shape, data };
  const size = shape[axis]!;
  const wide = shape.with(axis, (size - 1) * dilation + 1);
  const block = valueCount(shape.slice(axis + 1));
  const result = { shape: wide, data: new Float32Array(valueCount(wide)) };
  for (let i = 0; i < data.length / block; i++) {
    const [outer, index] = [Math.floor(i / size), i % size];
    const to = (outer * wide[axis]! + index * dilation) * block;
    result.data.set(data.subarray(i * block, (i + 1) * block), to);
  }
  return result;
}
