import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.js';
import type { Example } from './examples.js';

/** The shape of one input: a row per frame, a column per coefficient. */
export type FeatureShape = readonly [frames: number, coefficients: number];

/** Features as the network takes them, one input after the other. The caller disposes of the tensor. */
export function toInputs(tf: TensorFlow, features: readonly Float32Array[], [rows, columns]: FeatureShape): Tensor3D {
  const values = new Float32Array(features.length * rows * columns);
  features.forEach((input, index) => values.set(input, index * rows * columns));
  return tf.tensor3d(values, [features.length, rows, columns]);
}

/**
 * What the network shall give: nearly 1 for the digit, and the little that is missing spread over all labels, so that
 * it is not taught to be sure. The caller disposes of the tensor.
 *
 * @param smoothing the share that is spread, 0 to 1
 */
export function toTargets(tf: TensorFlow, batch: readonly Example[], labels: number, smoothing: number): Tensor2D {
  const values = new Float32Array(batch.length * labels).fill(smoothing / labels);
  batch.forEach(({ digit }, index) => (values[index * labels + digit]! += 1 - smoothing));
  return tf.tensor2d(values, [batch.length, labels]);
}
