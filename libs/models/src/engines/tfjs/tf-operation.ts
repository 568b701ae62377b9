import type { Tensor as TfTensor } from '@tensorflow/tfjs-core';

import type { Tensor } from '../../network/tensor.js';
import type { Tf } from '../load-tfjs.js';

/** An operation whose weights are in TensorFlow.js. Values have the batch axis first; a constant's has size 1. */
export interface TfOperation {
  /** Held until the engine is disposed of. */
  weights: readonly TfTensor[];
  apply(inputs: readonly TfTensor[]): TfTensor;
}

/** An operation without weights, on one value. */
export function onOne(apply: (input: TfTensor) => TfTensor): TfOperation {
  return { weights: [], apply: ([input]) => apply(input!) };
}

export function toTf(tf: Tf, { shape, data }: Tensor): TfTensor {
  return tf.tensor(data, [...shape]);
}

/** Those of some optional tensors that are there, and a bias of nothing for what is not. */
export function present<T>(...items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}
