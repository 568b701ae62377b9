import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';

import type { Node } from '../../network/graph.js';
import type { Tf } from '../load-tfjs.js';
import { activate, prelu } from './activations.js';
import { arithmetic, concatenate } from './joins.js';
import { batchNormalization, layerNormalization, softmax } from './normalizations.js';
import { recurrent } from './recurrent.js';
import { pad, reduce, repeat, slice } from './shapes.js';
import { dense, embedding } from './tables.js';
import { onOne, toTf, type TfOperation } from './tf-operation.js';
import { conv, convTranspose, pool } from './windows.js';

/** What an operation takes, as far as that is known before anything is computed. */
export interface Taken {
  /** Without the batch axis. */
  shape: readonly number[];
  constant: boolean;
}

/** A node as TensorFlow.js computes it. Its weights are the caller's to dispose of. */
export function toTfOperation(tf: Tf, { operation, shape }: Node, taken: readonly Taken[]): TfOperation {
  const input = taken[0]?.shape ?? [];
  switch (operation.kind) {
    case 'constant': {
      const value = toTf(tf, { shape: [1, ...shape], data: operation.value.data });
      return { weights: [value], apply: () => tf.clone(value) };
    }
    case 'conv':
      return conv(tf, operation);
    case 'conv-transpose':
      return convTranspose(tf, operation);
    case 'pool':
      return pool(tf, operation, input);
    case 'reduce':
      return reduce(tf, operation);
    case 'dense':
      return dense(tf, operation);
    case 'batch-normalization':
      return batchNormalization(tf, operation);
    case 'layer-normalization':
      return layerNormalization(tf, operation);
    case 'activate':
      return onOne((x) => activate(tf, operation, x));
    case 'prelu':
      return prelu(tf, operation);
    case 'softmax':
      return softmax(tf, operation);
    case 'arithmetic':
      return arithmetic(tf, operation, shape.length);
    case 'concatenate':
      return concatenate(
        tf,
        operation,
        taken.map(({ constant }) => constant),
      );
    case 'reshape':
      return onOne((x) => tf.reshape(x, [-1, ...shape]));
    case 'transpose':
      return onOne((x) => tf.transpose(x, [0, ...operation.order.map((axis) => axis + 1)]));
    case 'pad':
      return pad(tf, operation, input);
    case 'slice':
      return slice(tf, operation, input);
    case 'repeat':
      return repeat(tf, operation, input);
    case 'resize-bilinear': {
      const { size, pixels } = operation;
      const [corners, halves] = [pixels === 'align-corners', pixels === 'half-pixel'];
      return onOne((x) => tf.image.resizeBilinear(x as Tensor3D | Tensor4D, [...size], corners, halves));
    }
    case 'embedding':
      return embedding(tf, operation);
    case 'lstm':
    case 'gru':
    case 'simple-rnn':
      return recurrent(tf, operation);
  }
}
