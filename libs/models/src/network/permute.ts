import { valueCount, type Tensor } from './tensor.js';

/**
 * A tensor with its axes in another order, in an array of its own.
 *
 * @param order for each axis of the result, which axis of `tensor` it is
 */
export function permute({ shape, data }: Tensor, order: readonly number[]): Tensor {
  const stepOf = (axis: number) => valueCount(shape.slice(axis + 1));
  const axes = order.map((axis) => ({ size: shape[axis]!, step: stepOf(axis) }));
  const permuted = new Float32Array(data.length);
  let written = 0;
  const write = (depth: number, offset: number): void => {
    const { size, step } = axes[depth] ?? { size: 1, step: 0 };
    // The innermost axis without a call for each value, which is most of the time.
    if (depth >= axes.length - 1)
      for (let index = 0; index < size; index++) permuted[written++] = data[offset + index * step]!;
    else for (let index = 0; index < size; index++) write(depth + 1, offset + index * step);
  };
  write(0, 0);
  return { shape: axes.map(({ size }) => size), data: permuted };
}
