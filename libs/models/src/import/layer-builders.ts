import type { z } from 'zod';

import { refusal } from '../errors.js';
import { shapeText, valueCount } from '../network/layer-shapes.js';
import type { Activation, ActivationLayer, Layer, PoolLayer } from '../network/network.js';
import type { layerOptions } from './keras-options.js';
import type { ExpectedShapes, TakenWeights } from './layer-weights.js';

/** What a layer is built from besides its options. */
export interface Surroundings {
  name: string;
  /** Shape of what it takes, without the batch axis. */
  input: readonly number[];
  /** Its weights by role, in the shapes that its options ask for. */
  take: <Shapes extends ExpectedShapes>(expected: Shapes) => TakenWeights<Shapes>;
}

type Options<K extends keyof typeof layerOptions> = z.infer<(typeof layerOptions)[K]>;

/** A layer that does nothing when it predicts. */
export function buildNothing(): Layer[] {
  return [];
}

export function buildConv(options: Options<'conv1d' | 'conv2d'>, surroundings: Surroundings): Layer[] {
  const { name, input } = surroundings;
  const { kernel_size: window, filters, strides, dilation_rate: dilations, padding } = options;
  requireRank(name, input, window.length + 1);
  if (Math.max(...strides) > 1 && Math.max(...dilations) > 1)
    throw refusal(`layer ${name}: strides and dilation_rate are both above 1; one of them may be`);
  const weights = takeAffine(surroundings, [...window, input.at(-1)!, filters], options.use_bias);
  return [
    { kind: 'conv', name, ...weights, strides, dilations, padding },
    ...activationLayers(name, options.activation),
  ];
}

export function buildDense(options: Options<'dense'>, surroundings: Surroundings): Layer[] {
  const { name, input } = surroundings;
  const weights = takeAffine(surroundings, [input.at(-1)!, options.units], options.use_bias);
  return [{ kind: 'dense', name, ...weights }, ...activationLayers(name, options.activation)];
}

export function buildPool(reduce: PoolLayer['reduce']) {
  return (options: Options<'pool1d' | 'pool2d'>, { name, input }: Surroundings): Layer[] => {
    const { pool_size: size, padding } = options;
    requireRank(name, input, size.length + 1);
    return [{ kind: 'pool', name, reduce, size, strides: options.strides ?? size, padding }];
  };
}

export function buildGlobalPool(reduce: PoolLayer['reduce'], rank: number) {
  return (_: Options<'globalPool'>, { name, input }: Surroundings): Layer[] => {
    requireRank(name, input, rank);
    return [{ kind: 'global-pool', name, reduce }];
  };
}

export function buildPad(zeros: [number, number][], { name, input }: Surroundings): Layer[] {
  requireRank(name, input, zeros.length + 1);
  return [{ kind: 'pad', name, zeros }];
}

export function buildBatchNormalization(options: Options<'batchNormalization'>, surroundings: Surroundings): Layer[] {
  const { name, input, take } = surroundings;
  const axis = Array.isArray(options.axis) ? options.axis[0] : options.axis;
  if (axis !== -1 && axis !== input.length)
    throw refusal(`layer ${name} (BatchNormalization): axis is ${axis}; the last axis is supported`);
  const shape = [input.at(-1)!];
  const weights = take({
    gamma: options.scale ? shape : undefined,
    beta: options.center ? shape : undefined,
    moving_mean: shape,
    moving_variance: shape,
  });
  const scale = weights.gamma ?? { shape, data: new Float32Array(shape[0]!).fill(1) };
  const offset = weights.beta ?? { shape, data: new Float32Array(shape[0]!) };
  const { moving_mean: mean, moving_variance: variance } = weights;
  return [{ kind: 'batch-normalization', name, epsilon: options.epsilon, mean, variance, scale, offset }];
}

export function buildFlatten(_: Options<'flatten'>, { name, input }: Surroundings): Layer[] {
  return [{ kind: 'reshape', name, shape: [valueCount(input)] }];
}

/** One size may be -1: whatever is left. */
export function buildReshape({ target_shape: target }: Options<'reshape'>, { name, input }: Surroundings): Layer[] {
  const known = valueCount(target.filter((size) => size !== -1));
  const shape = target.map((size) => (size === -1 ? valueCount(input) / known : size));
  if (shape.every((size) => Number.isInteger(size) && size > 0)) return [{ kind: 'reshape', name, shape }];
  throw refusal(`layer ${name} (Reshape): ${shapeText(input)} cannot become target_shape ${shapeText(target)}`);
}

export function activationLayers(name: string, activation: Activation | 'linear'): ActivationLayer[] {
  return activation === 'linear' ? [] : [{ kind: 'activation', name, activation }];
}

/** A kernel and, where there is one, a bias of as many values as the kernel gives. */
function takeAffine({ take }: Surroundings, kernel: readonly number[], useBias: boolean) {
  return take({ kernel, bias: useBias ? kernel.slice(-1) : undefined });
}

function requireRank(name: string, input: readonly number[], rank: number): void {
  if (input.length !== rank)
    throw refusal(`layer ${name}: its input is ${shapeText(input)}, and must have ${rank} axes besides the batch`);
}
