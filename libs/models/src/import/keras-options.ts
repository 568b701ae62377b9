import { z } from 'zod';

import { activations } from '../network/network.js';

const ignored = z.unknown().optional();

/** What only matters in training: any value is accepted and none is used. */
const trainingOnly = {
  trainable: ignored,
  kernel_initializer: ignored,
  bias_initializer: ignored,
  gamma_initializer: ignored,
  beta_initializer: ignored,
  moving_mean_initializer: ignored,
  moving_variance_initializer: ignored,
  kernel_regularizer: ignored,
  bias_regularizer: ignored,
  gamma_regularizer: ignored,
  beta_regularizer: ignored,
  activity_regularizer: ignored,
  kernel_constraint: ignored,
  bias_constraint: ignored,
  gamma_constraint: ignored,
  beta_constraint: ignored,
};

/** Options of every layer. `batch_input_shape` counts on the first layer only, where it is read beforehand. */
const common = {
  ...trainingOnly,
  name: z.string(),
  dtype: z.literal('float32').optional(),
  batch_input_shape: ignored,
};

const size = z.int().min(1).max(100_000);
const pair = z.union([z.tuple([size, size]), size.transform((both): [number, number] => [both, both])]);
const single = z.union([z.tuple([size]), size.transform((only): [number] => [only])]);
const zeros = z.tuple([z.int().min(0).max(10_000), z.int().min(0).max(10_000)]);
const channelsLast = z.literal('channels_last').optional();
const useBias = z.boolean().default(true);
const activation = z.enum(['linear', ...activations]).default('linear');

const convOptions = {
  ...common,
  filters: size,
  data_format: channelsLast,
  activation,
  use_bias: useBias,
  groups: z.literal(1).optional(),
};
const poolOptions = { ...common, padding: z.enum(['valid', 'same']).default('valid'), data_format: channelsLast };

/** The options of each supported layer, and the values each may have. Everything else is refused. */
export const layerOptions = {
  input: z.strictObject({ ...common, sparse: z.literal(false).optional(), ragged: z.literal(false).optional() }),
  conv1d: z.strictObject({
    ...convOptions,
    kernel_size: single,
    strides: single.default([1]),
    dilation_rate: single.default([1]),
    padding: z.enum(['valid', 'same', 'causal']).default('valid'),
  }),
  conv2d: z.strictObject({
    ...convOptions,
    kernel_size: pair,
    strides: pair.default([1, 1]),
    dilation_rate: pair.default([1, 1]),
    padding: z.enum(['valid', 'same']).default('valid'),
  }),
  pool1d: z.strictObject({ ...poolOptions, pool_size: single, strides: single.nullish() }),
  pool2d: z.strictObject({ ...poolOptions, pool_size: pair, strides: pair.nullish() }),
  globalPool: z.strictObject({ ...common, data_format: channelsLast, keepdims: z.literal(false).optional() }),
  zeroPadding1d: z.strictObject({ ...common, padding: zeros.default([1, 1]), data_format: channelsLast }),
  zeroPadding2d: z.strictObject({
    ...common,
    padding: z.tuple([zeros, zeros]).default([
      [1, 1],
      [1, 1],
    ]),
    data_format: channelsLast,
  }),
  batchNormalization: z.strictObject({
    ...common,
    axis: z.union([z.int(), z.tuple([z.int()])]).default(-1),
    epsilon: z.number().positive().default(1e-3),
    center: z.boolean().default(true),
    scale: z.boolean().default(true),
    momentum: ignored,
    synchronized: ignored,
  }),
  dense: z.strictObject({ ...common, units: size, activation, use_bias: useBias }),
  flatten: z.strictObject({ ...common, data_format: channelsLast }),
  reshape: z.strictObject({ ...common, target_shape: z.array(z.int().min(-1)).min(1).max(6) }),
  dropout: z.strictObject({ ...common, rate: ignored, noise_shape: ignored, seed: ignored }),
  activation: z.strictObject({ ...common, activation: z.enum(['linear', ...activations]) }),
  relu: z.strictObject({
    ...common,
    max_value: z.null().optional(),
    negative_slope: z.literal(0).optional(),
    threshold: z.literal(0).optional(),
  }),
  leakyRelu: z.strictObject({ ...common, alpha: z.number().default(0.3) }),
  elu: z.strictObject({ ...common, alpha: z.literal(1).optional() }),
  softmax: z.strictObject({ ...common, axis: z.literal(-1).optional() }),
};
