import { z } from 'zod';

import { transposeOrder } from '../axes.js';
import { axisOf, layerKind, type LayerKind } from '../layer.js';
import { axis, common, flag, ignored } from '../options.js';

const oneAxis = z.union([axis, z.tuple([axis]).transform(([only]) => only)]);

/** Layers that shift and scale. */
export const normalizations: Record<string, LayerKind> = {
  BatchNormalization: layerKind(
    z.strictObject({
      ...common,
      axis: oneAxis.default(-1),
      epsilon: z.number().positive().default(1e-3),
      center: flag(true),
      scale: flag(true),
      momentum: ignored,
      synchronized: ignored,
      renorm: z.literal(false).optional(),
      virtual_batch_size: z.null().optional(),
      fused: ignored,
      adjustment: z.null().optional(),
    }),
    {
      weights: ({ scale, center }) => [
        ...(scale ? ['gamma'] : []),
        ...(center ? ['beta'] : []),
        'moving_mean',
        'moving_variance',
      ],
      mask: 'passes',
      apply: (call) => {
        const { options, input, add, take } = call;
        const channels = axisOf(call, options.axis);
        const shape = [input.shape[channels]!];
        const weights = take({
          gamma: options.scale ? shape : undefined,
          beta: options.center ? shape : undefined,
          moving_mean: shape,
          moving_variance: shape,
        });
        const { order, back } = transposeOrder(input.shape.length, channels);
        const moved = order ? add({ kind: 'transpose', order }, input) : input;
        const normalised = add(
          {
            kind: 'batch-normalization',
            epsilon: options.epsilon,
            mean: weights.moving_mean,
            variance: weights.moving_variance,
            scale: weights.gamma ?? { shape, data: new Float32Array(shape[0]!).fill(1) },
            offset: weights.beta ?? { shape, data: new Float32Array(shape[0]!) },
          },
          moved,
        );
        return back ? add({ kind: 'transpose', order: back }, normalised) : normalised;
      },
    },
  ),
};
