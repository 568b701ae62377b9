import type { Tensor as TfTensor } from '@tensorflow/tfjs-core';

import type { BatchNormalization, LayerNormalization, Softmax } from '../../network/operations.js';
import type { Tf } from '../load-tfjs.js';
import { onOne, present, toTf, type TfOperation } from './tf-operation.js';

export function batchNormalization(tf: Tf, operation: BatchNormalization): TfOperation {
  const { scale, variance, epsilon } = operation;
  const factors = scale.data.map((value, c) => value / Math.sqrt(variance.data[c]! + epsilon));
  const [mean, factor, offset] = [operation.mean, { shape: scale.shape, data: factors }, operation.offset].map(
    (tensor) => toTf(tf, tensor),
  );
  return {
    weights: [mean!, factor!, offset!],
    apply: ([x]) => tf.add(tf.mul(tf.sub(x!, mean!), factor!), offset!),
  };
}

export function layerNormalization(tf: Tf, { axes, epsilon, scale, offset }: LayerNormalization): TfOperation {
  const [factor, shift] = [scale && toTf(tf, scale), offset && toTf(tf, offset)];
  return {
    weights: present(factor, shift),
    apply: ([x]) => {
      const last = Array.from({ length: axes }, (_, i) => x!.rank - axes + i);
      const centred = tf.sub(x!, tf.mean(x!, last, true));
      const variance = tf.mean(tf.square(centred), last, true);
      const normal = tf.div(centred, tf.sqrt(tf.add(variance, epsilon)));
      const scaled = factor ? tf.mul(normal, factor) : normal;
      return shift ? tf.add(scaled, shift) : scaled;
    },
  };
}

/** Spelled out, as TensorFlow.js has it for the last axis alone. */
export function softmax(tf: Tf, { axis, logarithm }: Softmax): TfOperation {
  return onOne((x: TfTensor) => {
    const exponents = tf.sub(x, tf.max(x, axis + 1, true));
    const exponentials = tf.exp(exponents);
    const sum = tf.sum(exponentials, axis + 1, true);
    return logarithm ? tf.sub(exponents, tf.log(sum)) : tf.div(exponentials, sum);
  });
}
