import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import type { Tensor } from '../../../network/tensor.js';
import { activated, activationOption, type ActivationOption } from '../activations.js';
import { layerKind, requireRank, type LayerCall, type LayerKind } from '../layer.js';
import { common, dataFormat, flag, size, sizes, type SpatialRank } from '../options.js';
import { paddingMargins, withChannelsLast, type DataFormat, type Padding } from '../spatial.js';
import { readKernel, requireNotTheano } from '../stored-kernel.js';

const windowed = (rank: SpatialRank) => ({
  ...common,
  kernel_size: sizes(rank),
  strides: sizes(rank).prefault(1),
  dilation_rate: sizes(rank).prefault(1),
  data_format: dataFormat,
  activation: activationOption.default('linear'),
  use_bias: flag(true),
});

const padding = (rank: SpatialRank) =>
  z.enum(rank === 1 ? (['valid', 'same', 'causal'] as const) : (['valid', 'same'] as const)).default('valid');

interface Windowed {
  kernel_size: readonly number[];
  strides: readonly number[];
  dilation_rate: readonly number[];
  padding: Padding;
  data_format: DataFormat;
  use_bias: boolean;
}

function convolution(rank: SpatialRank): LayerKind {
  const schema = z.strictObject({
    ...windowed(rank),
    filters: size,
    groups: size.default(1),
    padding: padding(rank),
    lora_rank: z.null().optional(),
    lora_alpha: z.null().optional(),
  });
  return layerKind(schema, {
    weights: ({ use_bias }) => (use_bias ? ['kernel', 'bias'] : ['kernel']),
    apply: (call) => {
      const { filters, groups, use_bias, kernel_size } = call.options;
      return onChannelsLast(call, rank, (value) => {
        const channels = value.shape.at(-1)!;
        if (channels % groups !== 0 || filters % groups !== 0)
          throw call.refuse(`groups = ${groups} does not divide its ${channels} channels and ${filters} filters`);
        const kernel = readKernel(call, [...kernel_size, channels / groups, filters]);
        const { bias } = use_bias ? call.take({ bias: [filters] }) : {};
        return convolved(call, value, { kernel, bias, groups });
      });
    },
  });
}

function depthwise(rank: SpatialRank): LayerKind {
  const schema = z.strictObject({
    ...windowed(rank),
    depth_multiplier: size.default(1),
    padding: z.enum(['valid', 'same']).default('valid'),
  });
  return layerKind(schema, {
    weights: ({ use_bias }) => (use_bias ? ['depthwise_kernel', 'bias'] : ['depthwise_kernel']),
    apply: (call) => {
      const { depth_multiplier, use_bias, kernel_size } = call.options;
      requireNotTheano(call);
      return onChannelsLast(call, rank, (value) => {
        const channels = value.shape.at(-1)!;
        const weights = call.take({
          depthwise_kernel: [...kernel_size, channels, depth_multiplier],
          bias: use_bias ? [channels * depth_multiplier] : undefined,
        });
        const kernel = asGrouped(weights.depthwise_kernel);
        return convolved(call, value, { kernel, bias: weights.bias, groups: channels });
      });
    },
  });
}

/** A depthwise convolution, and one with a window of 1 on what it gives. */
function separable(rank: SpatialRank): LayerKind {
  const schema = z.strictObject({
    ...windowed(rank),
    filters: size,
    depth_multiplier: size.default(1),
    padding: padding(rank),
    groups: z.literal(1).optional(),
  });
  return layerKind(schema, {
    weights: ({ use_bias }) => ['depthwise_kernel', 'pointwise_kernel', ...(use_bias ? ['bias'] : [])],
    apply: (call) => {
      const { depth_multiplier, filters, use_bias, kernel_size } = call.options;
      requireNotTheano(call);
      if (call.file.keras === 1 && call.options.data_format === 'channels_first')
        throw call.refuse('the order of its kernels in Keras 1 is not known; save it anew with Keras 2');
      return onChannelsLast(call, rank, (value) => {
        const channels = value.shape.at(-1)!;
        const ones = kernel_size.map(() => 1);
        const weights = call.take({
          depthwise_kernel: [...kernel_size, channels, depth_multiplier],
          pointwise_kernel: [...ones, channels * depth_multiplier, filters],
          bias: use_bias ? [filters] : undefined,
        });
        const deep = convolved(call, value, { kernel: asGrouped(weights.depthwise_kernel), groups: channels });
        const { pointwise_kernel: kernel, bias } = weights;
        const margins = ones.map(() => [0, 0] as const);
        return call.add({ kind: 'conv', kernel, bias, strides: ones, dilations: ones, groups: 1, margins }, deep);
      });
    },
  });
}

/** [...spatial, channels, multiplier] as the kernel of as many groups as channels. */
function asGrouped({ shape, data }: Tensor): Tensor {
  return { shape: [...shape.slice(0, -2), 1, shape.at(-2)! * shape.at(-1)!], data };
}

/** Applies a convolution to a value with channels last, and the layer's activation to what it gives. */
function onChannelsLast(
  call: LayerCall<Windowed & { activation: ActivationOption }>,
  rank: SpatialRank,
  apply: (value: Value) => Value,
): Value {
  const { strides, dilation_rate, data_format, activation } = call.options;
  requireRank(call, rank + 1);
  if (Math.max(...strides) > 1 && Math.max(...dilation_rate) > 1)
    throw call.refuse('strides and dilation_rate are both above 1; one of them may be');
  return activated(call, activation, withChannelsLast(call, data_format, call.input, apply));
}

function convolved(
  { add, options, file, refuse }: LayerCall<Windowed>,
  value: Value,
  weights: { kernel: Tensor; bias?: Tensor; groups: number },
): Value {
  const { kernel_size: window, strides, dilation_rate: dilations } = options;
  const margins = paddingMargins({ file, refuse }, options.padding, value.shape.slice(0, -1), {
    window,
    strides,
    dilations,
  });
  return add({ kind: 'conv', ...weights, strides, dilations, margins }, value);
}

/** Layers whose kernels slide over one, two or three axes. */
export const convolutions: Record<string, LayerKind> = {
  Conv1D: convolution(1),
  Conv2D: convolution(2),
  Conv3D: convolution(3),
  SeparableConv1D: separable(1),
  SeparableConv2D: separable(2),
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
};
