import { refusal } from '../errors.js';
import { shapeText } from '../network/layer-shapes.js';
import type { Tensor } from '../network/network.js';
import { firstRepeated } from './first-repeated.js';

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
 * A layer's weights by their role, such as `kernel` and `bias`. Order in the file does not matter, as each is named.
 *
 * @throws ModelError if one is missing, not known, of another shape or not of 32-bit floats
 */
export function takeWeights<Shapes extends ExpectedShapes>(
  layer: string,
  stored: readonly StoredWeight[],
  expected: Shapes,
): TakenWeights<Shapes> {
  const shapes = Object.entries(expected).filter(
    (entry): entry is [string, readonly number[]] => entry[1] !== undefined,
  );
  const repeated = firstRepeated(stored.map(({ name }) => name));
  if (repeated !== undefined) throw refusal(`layer ${layer}: the weight ${repeated} is there twice`);
  if (stored.length !== shapes.length)
    throw refusal(`layer ${layer}: it has ${stored.length} weights, and takes ${shapes.length}`);
  const taken = shapes.map(([role, shape]) => {
    const weight = stored.find(({ name }) => roleOf(name) === role);
    if (!weight) throw refusal(`layer ${layer}: the weight ${role} is missing`);
    return [role, toTensor(layer, weight, shape)];
  });
  return Object.fromEntries(taken) as TakenWeights<Shapes>;
}

/** `a/kernel:0` and, where a name was taken, `a/kernel_1` are both a kernel. */
function roleOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/(_\d+)?(:0)?$/, '');
}

function toTensor(layer: string, weight: StoredWeight, shape: readonly number[]): Tensor {
  if (shapeText(weight.shape) !== shapeText(shape))
    throw refusal(`layer ${layer}: ${weight.name} is ${shapeText(weight.shape)}, and must be ${shapeText(shape)}`);
  if (weight.dtype !== 'float32')
    throw refusal(`layer ${layer}: ${weight.name} is of type ${weight.dtype}; float32 is supported`);
  const data = weight.read();
  if (!data.every(Number.isFinite)) throw refusal(`layer ${layer}: ${weight.name} holds values that are not finite`);
  return { shape, data };
}
