import { refusal } from '../../errors.js';
import { isAllFinite, shapeText, type Tensor } from '../../network/tensor.js';

/** A weight as it lies in a file. The values are read only once the shape is known to be right. */
export interface StoredWeight {
  /** Such as `conv2d_1/kernel:0`. */
  name: string;
  shape: readonly number[];
  dtype: string;
  read(): Float32Array;
}

/** The shape of each weight that a layer must have, by its role; undefined where the layer goes without. */
export type ExpectedShapes = Readonly<Record<string, readonly number[] | undefined>>;

/** A tensor for each shape. */
export type TakenWeights<Shapes extends ExpectedShapes> = {
  [Role in keyof Shapes]: undefined extends Shapes[Role] ? Tensor | undefined : Tensor;
};

/**
 * The values of a weight.
 *
 * @param layer for messages
 * @throws ModelError if it is of another shape, not of 32-bit floats, or not finite
 */
export function readWeight(layer: string, weight: StoredWeight, shape: readonly number[]): Tensor {
  if (shapeText(weight.shape) !== shapeText(shape))
    throw refusal(
      `layer ${layer}: ${weight.name} is ${shapeText(weight.shape) || 'one value'}, and must be ${shapeText(shape) || 'one value'}`,
    );
  if (weight.dtype !== 'float32')
    throw refusal(`layer ${layer}: ${weight.name} is of type ${weight.dtype}; float32 is supported`);
  const data = weight.read();
  if (!isAllFinite(data)) throw refusal(`layer ${layer}: ${weight.name} holds values that are not finite`);
  return { shape, data };
}
