import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import { transposeOrder } from '../axes.js';
import { axisOf, layerKind, type LayerCall, type LayerKind } from '../layer.js';
import { axis, common, flag, ignored } from '../options.js';

const schema = z.strictObject({
  ...common,
  axis: z.union([axis, z.tuple([axis]).transform(([only]) => only)]).default(-1),
  epsilon: z.number().positive().default(1e-3),
  center: flag(true),
  scale: flag(true),
  momentum: ignored,
  synchronized: ignored,
  renorm: z.literal(false).optional(),
  renorm_clipping: ignored,
  renorm_momentum: ignored,
  virtual_batch_size: z.null().optional(),
  fused: ignored,
  adjustment: z.null().optional(),
});

function normalised(call: LayerCall<z.infer<typeof schema>>): Value {
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
  const result = add(
    {
      kind: 'batch-normalization',
      epsilon: options.epsilon,
      mean: weights.moving_mean,
      variance: weights.moving_variance,
      scale: weights.gamma ?? { shape, data: new Float32Array(shape[0]!).fill(1) },
      offset: weights.beta ?? { shape, data: new Float32Array(shape[0]!) },
    },
    order ? add({ kind: 'transpose', order }, input) : input,
  );
  return back ? add({ kind: 'transpose', order: back }, result) : result;
}

const batchNormalization = layerKind(schema, {
  weights: ({ scale, center }) => [
    ...(scale ? ['gamma'] : []),
    ...(center ? ['beta'] : []),
    'moving_mean',
    'moving_variance',
  ],
  mask: 'passes',
  apply: normalised,
});

/** Batch normalisation under all names that it had; TensorFlow 1.13 and 1.14 wrote the second. */
export const batchNormalizations: Record<string, LayerKind> = {
  BatchNormalization: batchNormalization,
  BatchNormalizationV1: batchNormalization,
  BatchNormalizationV2: batchNormalization,
  SyncBatchNormalization: batchNormalization,
};
