import type { Tensor as TfTensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';

import { paddingOf, windowSpan } from '../network/layer-shapes.js';
import type {
  Activation,
  BatchNormalizationLayer,
  ConvLayer,
  DenseLayer,
  GlobalPoolLayer,
  Layer,
  PoolLayer,
  Tensor,
} from '../network/network.js';
import type { Tf } from './load-tfjs.js';

/** A layer whose weights are in TensorFlow.js. Values have the batch axis first and channels last. */
export interface TfLayer {
  /** Held until the engine is disposed of. */
  weights: readonly TfTensor[];
  apply(input: TfTensor): TfTensor;
}

/** A layer as TensorFlow.js computes it. */
export function toTfLayer(tf: Tf, layer: Layer): TfLayer {
  switch (layer.kind) {
    case 'conv':
      return conv(tf, layer);
    case 'pool':
      return { weights: [], apply: (input) => pool(tf, layer, input) };
    case 'global-pool':
      return { weights: [], apply: (input) => globalPool(tf, layer, input) };
    case 'batch-normalization':
      return batchNormalization(tf, layer);
    case 'dense':
      return dense(tf, layer);
    case 'reshape':
      return { weights: [], apply: (input) => tf.reshape(input, [-1, ...layer.shape]) };
    case 'pad':
      return { weights: [], apply: (input) => tf.pad(input, [[0, 0], ...layer.zeros, [0, 0]] as [number, number][]) };
    case 'leaky-relu':
      return { weights: [], apply: (input) => tf.leakyRelu(input, layer.slope) };
    case 'activation':
      return { weights: [], apply: (input) => activate(tf, layer.activation, input) };
  }
}

function conv(tf: Tf, { kernel, bias, strides, dilations, padding }: ConvLayer): TfLayer {
  const weights = [kernel, bias].filter((weight) => weight !== undefined).map((weight) => toTf(tf, weight));
  const [filter, offset] = weights;
  const windows = dilations.map((dilation, axis) => windowSpan(kernel.shape[axis]!, dilation));
  // The WebAssembly backend pads wrongly where a stride is larger than its window.
  const explicit = padding === 'causal' || strides.some((stride, axis) => stride > windows[axis]!);
  const pad = padding === 'same' && !explicit ? 'same' : 'valid';
  const convolve = (input: TfTensor) =>
    strides.length === 1
      ? tf.conv1d(input as Tensor3D, filter as Tensor3D, strides[0]!, pad, 'NWC', dilations[0])
      : tf.conv2d(input as Tensor4D, filter as Tensor4D, pairOf(strides), pad, 'NHWC', pairOf(dilations));
  const padded = (input: TfTensor) => {
    const pairs = windows.map((window, axis) =>
      paddingOf(padding, { size: input.shape[axis + 1]!, window, stride: strides[axis]! }),
    );
    return tf.pad(input, [[0, 0], ...pairs, [0, 0]]);
  };
  return {
    weights,
    apply: (input) => {
      const output = convolve(explicit ? padded(input) : input);
      return offset ? tf.add(output, offset) : output;
    },
  };
}

/** One axis is pooled as two, of which the second has size 1. */
function pool(tf: Tf, { reduce, size, strides, padding }: PoolLayer, input: TfTensor): TfTensor {
  const image = (size.length === 1 ? tf.expandDims(input, 2) : input) as Tensor4D;
  const apply = reduce === 'max' ? tf.maxPool : tf.avgPool;
  const output: TfTensor = apply(image, pairOf(size), pairOf(strides), padding);
  return size.length === 1 ? tf.squeeze(output, [2]) : output;
}

function globalPool(tf: Tf, { reduce }: GlobalPoolLayer, input: TfTensor): TfTensor {
  const spatial = Array.from({ length: input.rank - 2 }, (_, axis) => axis + 1);
  return reduce === 'max' ? tf.max(input, spatial) : tf.mean(input, spatial);
}

function batchNormalization(tf: Tf, layer: BatchNormalizationLayer): TfLayer {
  const { mean, variance, offset, scale, epsilon } = layer;
  const [m, v, o, s] = [mean, variance, offset, scale].map((weight) => toTf(tf, weight) as Tensor1D);
  return { weights: [m!, v!, o!, s!], apply: (input) => tf.batchNorm(input, m!, v!, o, s, epsilon) };
}

function dense(tf: Tf, { kernel, bias }: DenseLayer): TfLayer {
  const weights = [kernel, bias].filter((weight) => weight !== undefined).map((weight) => toTf(tf, weight));
  const [matrix, offset] = weights;
  const [valuesIn, valuesOut] = kernel.shape;
  return {
    weights,
    apply: (input) => {
      const product = tf.matMul(tf.reshape(input, [-1, valuesIn!]), matrix as Tensor2D);
      const output = tf.reshape(product, [...input.shape.slice(0, -1), valuesOut!]);
      return offset ? tf.add(output, offset) : output;
    },
  };
}

function activate(tf: Tf, activation: Activation, input: TfTensor): TfTensor {
  if (activation === 'softsign') return tf.div(input, tf.add(tf.abs(input), 1));
  return tf[activation](input);
}

function toTf(tf: Tf, { shape, data }: Tensor): TfTensor {
  return tf.tensor(data, [...shape]);
}

function pairOf([first, second = 1]: readonly number[]): [number, number] {
  return [first!, second];
}
