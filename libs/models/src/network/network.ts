/** Values with a shape, in row-major order. Whoever made it owns it; nobody changes it. */
export interface Tensor {
  shape: readonly number[];
  data: Float32Array;
}

/** What surrounds the data: nothing, zeros so that the stride alone decides the size, or zeros before it only. */
export type Padding = 'valid' | 'same' | 'causal';

/** Convolution over one or two axes, without activation. */
export interface ConvLayer {
  kind: 'conv';
  name: string;
  /** [...spatial, channels in, channels out] */
  kernel: Tensor;
  bias?: Tensor;
  strides: readonly number[];
  dilations: readonly number[];
  padding: Padding;
}

/** The largest or the mean of each window. Zeros of the padding count for neither. */
export interface PoolLayer {
  kind: 'pool';
  name: string;
  reduce: 'max' | 'average';
  size: readonly number[];
  strides: readonly number[];
  padding: 'valid' | 'same';
}

/** The largest or the mean of each channel. */
export interface GlobalPoolLayer {
  kind: 'global-pool';
  name: string;
  reduce: 'max' | 'average';
}

/** `(x - mean) / sqrt(variance + epsilon) * scale + offset` for each channel. */
export interface BatchNormalizationLayer {
  kind: 'batch-normalization';
  name: string;
  epsilon: number;
  mean: Tensor;
  variance: Tensor;
  scale: Tensor;
  offset: Tensor;
}

/** `x kernel + bias` over the last axis. */
export interface DenseLayer {
  kind: 'dense';
  name: string;
  /** [values in, values out] */
  kernel: Tensor;
  bias?: Tensor;
}

/** The same values under another shape, in row-major order with channels last. */
export interface ReshapeLayer {
  kind: 'reshape';
  name: string;
  shape: readonly number[];
}

/** Zeros around each channel. */
export interface PadLayer {
  kind: 'pad';
  name: string;
  /** For each spatial axis, how many come before and how many after. */
  zeros: readonly (readonly [number, number])[];
}

/** `x` where it is positive, else `slope x`. */
export interface LeakyReluLayer {
  kind: 'leaky-relu';
  name: string;
  slope: number;
}

/** The functions that {@link ActivationLayer} knows; `softmax` is over the last axis, `elu` has alpha 1. */
export const activations = ['relu', 'sigmoid', 'tanh', 'softmax', 'elu', 'softplus', 'softsign'] as const;
export type Activation = (typeof activations)[number];

export interface ActivationLayer {
  kind: 'activation';
  name: string;
  activation: Activation;
}

/** A layer as it predicts; what only matters in training is gone. `name` is the layer's in the file it came from. */
export type Layer =
  | ConvLayer
  | PoolLayer
  | GlobalPoolLayer
  | BatchNormalizationLayer
  | DenseLayer
  | ReshapeLayer
  | PadLayer
  | LeakyReluLayer
  | ActivationLayer;

/**
 * A checked network, whatever file it came from: importers make it, the ONNX writer and the reference engine read it.
 * Shapes leave out the batch axis and have channels last, as in Keras.
 */
export interface Network {
  inputShape: readonly number[];
  outputShape: readonly number[];
  /** From input to output; each takes what the one before gives. */
  layers: readonly Layer[];
}
