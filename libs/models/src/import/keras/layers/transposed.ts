import { z } from 'zod';

import { activated, activationOption } from '../activations.js';
import { layerKind, requireRank, type LayerKind } from '../layer.js';
import { common, dataFormat, flag, size, sizes, type SpatialRank } from '../options.js';
import { withChannelsLast } from '../spatial.js';
import { readKernel, requireNotTheano } from '../stored-kernel.js';

interface Axis {
  size: number;
  span: number;
  stride: number;
  padding: 'valid' | 'same';
  /** Values added to the shortest output. */
  further: number | undefined;
}

/**
 * What is cut off the full result of a transposed convolution on one axis: TensorFlow's, whose output has a size of
 * its own, of which an ordinary convolution with the same padding would make the input.
 */
function cropOf({ size: length, span, stride, padding, further }: Axis): [number, number] {
  const full = (length - 1) * stride + span;
  if (padding === 'valid') {
    const output = further === undefined ? full + Math.max(stride - span, 0) : full + further;
    return [0, full - output];
  }
  const output = further === undefined ? length * stride : (length - 1) * stride + (span % 2) + further;
  const before = Math.floor(Math.max(0, full - output) / 2);
  return [before, full - output - before];
}

function transposed(rank: SpatialRank): LayerKind {
  const schema = z.strictObject({
    ...common,
    filters: size,
    kernel_size: sizes(rank),
    strides: sizes(rank).prefault(1),
    // TensorFlow has others on some devices alone.
    dilation_rate: z.union([z.literal(1), z.array(z.literal(1)).length(rank)]).optional(),
    padding: z.enum(['valid', 'same']).default('valid'),
    output_padding: z
      .union([
        z.array(z.int().min(0)).length(rank),
        z
          .int()
          .min(0)
          .transform((all) => Array.from({ length: rank }, () => all)),
      ])
      .nullish(),
    data_format: dataFormat,
    activation: activationOption.default('linear'),
    use_bias: flag(true),
    groups: z.literal(1).optional(),
  });
  return layerKind(schema, {
    weights: ({ use_bias }) => (use_bias ? ['kernel', 'bias'] : ['kernel']),
    apply: (call) => {
      const { filters, kernel_size, strides, output_padding, use_bias, ...options } = call.options;
      requireRank(call, rank + 1);
      requireNotTheano(call);
      if (output_padding?.some((further, axis) => further >= strides[axis]!))
        throw call.refuse(`output_padding = ${JSON.stringify(output_padding)} must be below the strides`);
      const result = withChannelsLast(call, options.data_format, call.input, (value) => {
        const kernel = readKernel(call, [...kernel_size, filters, value.shape.at(-1)!]);
        const { bias } = use_bias ? call.take({ bias: [filters] }) : {};
        const crop = kernel_size.map((window, axis) =>
          cropOf({
            size: value.shape[axis]!,
            span: window,
            stride: strides[axis]!,
            padding: options.padding,
            further: output_padding?.[axis],
          }),
        );
        return call.add(
          { kind: 'conv-transpose', kernel, bias, strides, dilations: strides.map(() => 1), crop },
          value,
        );
      });
      return activated(call, options.activation, result);
    },
  });
}

/** Convolutions the other way round, from small to large. */
export const transposedConvolutions: Record<string, LayerKind> = {
  Conv1DTranspose: transposed(1),
  Conv2DTranspose: transposed(2),
  Conv3DTranspose: transposed(3),
};
