import type { Tensor as TfTensor } from '@tensorflow/tfjs-core';

import type { Activation, PRelu } from '../../network/operations.js';
import type { Tf } from '../load-tfjs.js';
import { toTf, type TfOperation } from './tf-operation.js';

export function activate(tf: Tf, activation: Activation | 'linear', x: TfTensor): TfTensor {
  if (activation === 'linear') return x;
  switch (activation.function) {
    case 'sigmoid':
    case 'tanh':
    case 'selu':
    case 'softplus':
    case 'square':
    case 'reciprocal':
      return tf[activation.function](x);
    case 'absolute':
      return tf.abs(x);
    case 'negate':
      return tf.neg(x);
    case 'square-root':
      return tf.sqrt(x);
    case 'exponential':
      return tf.exp(x);
    case 'logarithm':
      return tf.log(x);
    case 'softsign':
      return tf.div(x, tf.add(tf.abs(x), 1));
    case 'swish':
      return tf.mul(x, tf.sigmoid(x));
    case 'mish':
      return tf.mul(x, tf.tanh(tf.softplus(x)));
    case 'relu':
      return relu(tf, activation, x);
    case 'elu':
      return tf.where(tf.greater(x, 0), x, tf.mul(tf.sub(tf.exp(tf.minimum(x, 0)), 1), activation.alpha));
    case 'gelu':
      return tf.mul(tf.mul(x, 0.5), tf.add(activation.approximate ? byTanh(tf, x) : byErf(tf, x), 1));
    case 'hard-sigmoid':
      return tf.clipByValue(tf.add(tf.mul(x, activation.alpha), activation.beta), 0, 1);
    case 'thresholded-relu':
      return tf.where(tf.greater(x, activation.theta), x, tf.zerosLike(x));
    case 'clip':
      return tf.minimum(tf.maximum(x, activation.least), activation.most);
  }
}

type Relu = Extract<Activation, { function: 'relu' }>;

function relu(tf: Tf, { slope, threshold, most }: Relu, x: TfTensor): TfTensor {
  const capped = most === Infinity ? x : tf.minimum(x, most);
  if (slope === 0 && threshold === 0) return tf.relu(capped);
  return tf.where(tf.greaterEqual(x, threshold), capped, tf.mul(tf.sub(x, threshold), slope));
}

function byErf(tf: Tf, x: TfTensor): TfTensor {
  return tf.erf(tf.mul(x, Math.SQRT1_2));
}

function byTanh(tf: Tf, x: TfTensor): TfTensor {
  const cube = tf.mul(tf.square(x), x);
  return tf.tanh(tf.mul(tf.add(x, tf.mul(cube, 0.044715)), Math.sqrt(2 / Math.PI)));
}

export function prelu(tf: Tf, { slope }: PRelu): TfOperation {
  const slopes = toTf(tf, slope);
  return { weights: [slopes], apply: ([x]) => tf.where(tf.greater(x!, 0), x!, tf.mul(x!, slopes)) };
}
