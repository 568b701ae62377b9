import { z } from 'zod';

import { activated, activationOption } from '../activations.js';
import { layerKind, type LayerKind } from '../layer.js';
import { common, flag, ignored, size } from '../options.js';

const integers = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'] as const;

const nothing = layerKind(
  z.strictObject({
    ...common,
    rate: ignored,
    stddev: ignored,
    noise_shape: ignored,
    seed: ignored,
    data_format: ignored,
    l1: ignored,
    l2: ignored,
  }),
  { mask: 'passes', apply: ({ input }) => input },
);

/** Layers that know no space, and those that do nothing when predicting. */
export const coreLayers: Record<string, LayerKind> = {
  InputLayer: layerKind(
    z.strictObject({
      ...common,
      // Whole numbers are floats to the network that is made of it, and stay exact.
      dtype: z.enum(['float32', ...integers]).nullish(),
      sparse: z.literal(false).nullish(),
      ragged: z.literal(false).nullish(),
      optional: z.literal(false).nullish(),
      batch_size: ignored,
      input_dtype: ignored,
      input_tensor: z.null().optional(),
    }),
    {
      takes: 'none',
      apply: ({ refuse }) => {
        throw refuse('it is not one of the inputs of its model');
      },
    },
  ),
  Dense: layerKind(
    z.strictObject({
      ...common,
      units: size,
      activation: activationOption.default('linear'),
      use_bias: flag(true),
      lora_rank: z.null().optional(),
      lora_alpha: z.null().optional(),
    }),
    {
      weights: ({ use_bias }) => (use_bias ? ['kernel', 'bias'] : ['kernel']),
      mask: 'passes',
      apply: (call) => {
        const { input, options, add, take } = call;
        const weights = take({
          kernel: [input.shape.at(-1)!, options.units],
          bias: options.use_bias ? [options.units] : undefined,
        });
        return activated(call, options.activation, add({ kind: 'dense', ...weights }, input));
      },
    },
  ),
  Identity: nothing,
  Dropout: nothing,
  SpatialDropout1D: nothing,
  SpatialDropout2D: nothing,
  SpatialDropout3D: nothing,
  GaussianNoise: nothing,
  GaussianDropout: nothing,
  AlphaDropout: nothing,
  ActivityRegularization: nothing,
};
