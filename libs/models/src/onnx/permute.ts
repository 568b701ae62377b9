import { valueCount, type Tensor } from '../network/tensor.js';

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
    const axis = axes[depth];
    if (!axis) {
      permuted[written++] = data[offset]!;
      return;
    }
    for (let index = 0; index < axis.size; index++) write(depth + 1, offset + index * axis.step);
  };
  write(0, 0);
  return { shape: axes.map(({ size }) => size), data: permuted };
}
