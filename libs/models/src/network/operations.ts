import type { Tensor } from './tensor.js';

/** For each axis, how much comes before and how much after. */
export type Margins = readonly (readonly [before: number, after: number])[];

/** The same values for every input; they have no batch axis. Takes nothing. */
export interface Constant {
  kind: 'constant';
  value: Tensor;
}

/** Convolution over the spatial axes. A depthwise one has as many groups as channels. */
export interface Conv {
  kind: 'conv';
  /** [...spatial, channels in / groups, channels out]; the channels out of the first group come first. */
  kernel: Tensor;
  bias?: Tensor;
  strides: readonly number[];
  dilations: readonly number[];
  groups: number;
  /** Zeros around the spatial axes. */
  margins: Margins;
}

/** The transpose of a convolution: each value spreads over a window of the output. */
export interface ConvTranspose {
  kind: 'conv-transpose';
  /** [...spatial, channels out, channels in], as Keras has it. */
  kernel: Tensor;
  bias?: Tensor;
  strides: readonly number[];
  dilations: readonly number[];
  /** What is cut off the full result, `(size - 1) stride + window`, on each spatial axis; below 0 adds zeros. */
  crop: Margins;
}

/** The largest or the mean of each window. What lies in the margins counts for neither. */
export interface Pool {
  kind: 'pool';
  reduce: 'max' | 'average';
  size: readonly number[];
  strides: readonly number[];
  margins: Margins;
}

/** Over whole axes. */
export interface Reduce {
  kind: 'reduce';
  reduce: 'max' | 'min' | 'mean' | 'sum';
  /** Counted from 0, the batch axis not being one. */
  axes: readonly number[];
  /** Whether a reduced axis stays, with size 1. */
  keepAxes: boolean;
}

/** `x kernel + bias` over the last axis. */
export interface Dense {
  kind: 'dense';
  /** [values in, values out] */
  kernel: Tensor;
  bias?: Tensor;
}

/** `(x - mean) / sqrt(variance + epsilon) * scale + offset` for each channel, the last axis. */
export interface BatchNormalization {
  kind: 'batch-normalization';
  epsilon: number;
  mean: Tensor;
  variance: Tensor;
  scale: Tensor;
  offset: Tensor;
}

/** As {@link BatchNormalization} with the mean and the variance of the value's own last axes. */
export interface LayerNormalization {
  kind: 'layer-normalization';
  /** How many of the last axes are normalised together. */
  axes: number;
  epsilon: number;
  /** Of the shape of those axes. */
  scale?: Tensor;
  offset?: Tensor;
}

/** One number in, one number out. `alpha`, `beta` and the like are as the function's Keras documentation has them. */
export type Activation =
  | {
      function:
        | 'sigmoid'
        | 'tanh'
        | 'selu'
        | 'softplus'
        | 'softsign'
        | 'swish'
        | 'mish'
        | 'exponential'
        | 'absolute'
        | 'negate'
        | 'square'
        | 'square-root'
        | 'logarithm'
        | 'reciprocal';
    }
  /** `x` from `threshold` to `most`, `most` above, `slope (x - threshold)` below. */
  | { function: 'relu'; slope: number; threshold: number; most: number }
  /** `x` above 0, else `alpha (exp(x) - 1)`. */
  | { function: 'elu'; alpha: number }
  /** By the error function, or `approximate`: by tanh. */
  | { function: 'gelu'; approximate: boolean }
  /** `alpha x + beta`, kept within 0 and 1. */
  | { function: 'hard-sigmoid'; alpha: number; beta: number }
  /** `x` above `theta`, else 0. */
  | { function: 'thresholded-relu'; theta: number }
  | { function: 'clip'; least: number; most: number };

/** An {@link Activation} on every value. */
export type Activate = { kind: 'activate' } & Activation;

/** `x` where it is positive, else `slope x`. */
export interface PRelu {
  kind: 'prelu';
  /** Broadcast against the value, from the last axis on. */
  slope: Tensor;
}

export interface Softmax {
  kind: 'softmax';
  axis: number;
  /** Whether its logarithm is given. */
  logarithm: boolean;
}

/** Of two values, which are broadcast against each other as by NumPy, the batch axis apart. */
export interface Arithmetic {
  kind: 'arithmetic';
  operator: 'add' | 'subtract' | 'multiply' | 'divide' | 'maximum' | 'minimum' | 'power';
}

export interface Concatenate {
  kind: 'concatenate';
  axis: number;
}

/**
 * The same values under another shape, in row-major order. It may hold fewer values than before, or more: then the
 * batch axis grows or shrinks by as much, which is how a layer is applied to each of many steps.
 */
export interface Reshape {
  kind: 'reshape';
  shape: readonly number[];
}

export interface Transpose {
  kind: 'transpose';
  /** Axis i of the result is axis `order[i]` of what it takes. */
  order: readonly number[];
}

/** Around every axis. */
export interface Pad {
  kind: 'pad';
  margins: Margins;
  /** What stands there: `value`; or the values inside, mirrored at the outermost; or the outermost again. */
  mode: 'constant' | 'reflect' | 'edge';
  value: number;
}

/** On each axis every `step`-th value from `start` up to, and without, `end`; with a step below 0 `end` may be -1. */
export interface Slice {
  kind: 'slice';
  axes: readonly { start: number; end: number; step: number }[];
}

/** Each value of an axis `times[axis]` times, one after the other. */
export interface Repeat {
  kind: 'repeat';
  times: readonly number[];
}

/** Bilinear interpolation over the first two of three axes. */
export interface ResizeBilinear {
  kind: 'resize-bilinear';
  size: readonly [height: number, width: number];
  /** Where a pixel's value lies: in its middle, at its corner, or so that the outermost ones stay in place. */
  pixels: 'half-pixel' | 'asymmetric' | 'align-corners';
}

/** The rows of a table by their number. Numbers are floats that hold whole values within it. */
export interface Embedding {
  kind: 'embedding';
  /** [rows, values of each] */
  table: Tensor;
}

/** Reads a sequence, [steps, values], and gives its state after each step, [steps, units]. The first state is 0. */
interface RecurrentCell {
  /** [values, gates * units] */
  kernel: Tensor;
  /** [units, gates * units] */
  recurrentKernel: Tensor;
  activation: Activation | 'linear';
  /** From the last step to the first. The states stay where their steps are. */
  reverse: boolean;
}

/** Equations and order of gates of Keras: input, forget, cell, output. */
export interface Lstm extends RecurrentCell {
  kind: 'lstm';
  /** [4 units] */
  bias?: Tensor;
  recurrentActivation: Activation | 'linear';
}

/** Equations and order of gates of Keras: update, reset, candidate. */
export interface Gru extends RecurrentCell {
  kind: 'gru';
  /** [3 units] */
  bias?: Tensor;
  /** [3 units], added to what the recurrent kernel gives; only with `resetAfter`. */
  recurrentBias?: Tensor;
  recurrentActivation: Activation | 'linear';
  /** Whether the reset gate acts after the recurrent kernel instead of before it. */
  resetAfter: boolean;
}

/** `activation(x kernel + state recurrentKernel + bias)`. */
export interface SimpleRnn extends RecurrentCell {
  kind: 'simple-rnn';
  /** [units] */
  bias?: Tensor;
}

/** What a node of a network does. Axes are counted without the batch axis, and channels are last. */
export type Operation =
  | Constant
  | Conv
  | ConvTranspose
  | Pool
  | Reduce
  | Dense
  | BatchNormalization
  | LayerNormalization
  | Activate
  | PRelu
  | Softmax
  | Arithmetic
  | Concatenate
  | Reshape
  | Transpose
  | Pad
  | Slice
  | Repeat
  | ResizeBilinear
  | Embedding
  | Lstm
  | Gru
  | SimpleRnn;
