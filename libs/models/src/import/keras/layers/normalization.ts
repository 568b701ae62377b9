import { z } from 'zod';

import { shapeText, valueCount } from '../../../network/tensor.js';
import { transposeOrder } from '../axes.js';
import { axisOf, layerKind, type LayerCall, type LayerKind } from '../layer.js';
import { axis, common, flag, ignored, numbers } from '../options.js';

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
      renorm_clipping: ignored,
      renorm_momentum: ignored,
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
  LayerNormalization: layerKind(
    z.strictObject({
      ...common,
      axis: z.union([axis.transform((only) => [only]), z.array(axis).min(1)]).prefault(-1),
      epsilon: z.number().positive().default(1e-3),
      center: flag(true),
      scale: flag(true),
      rms_scaling: z.literal(false).optional(),
    }),
    {
      weights: ({ scale, center }) => [...(scale ? ['gamma'] : []), ...(center ? ['beta'] : [])],
      mask: 'passes',
      apply: (call) => {
        const { options, input, add, take, refuse } = call;
        const axes = options.axis.map((one) => axisOf(call, one)).sort((a, b) => a - b);
        if (axes.some((one, i) => one !== input.shape.length - axes.length + i))
          throw refuse(`axis = ${JSON.stringify(options.axis)} is not supported, it must name the last axes`);
        const shape = input.shape.slice(-axes.length);
        const { gamma: scale, beta: offset } = take({
          gamma: options.scale ? shape : undefined,
          beta: options.center ? shape : undefined,
        });
        return add({ kind: 'layer-normalization', axes: axes.length, epsilon: options.epsilon, scale, offset }, input);
      },
    },
  ),
  Normalization: layerKind(
    z.strictObject({
      ...common,
      axis: z.union([axis.transform((only) => [only]), z.array(axis), z.null().transform((): number[] => [])]).prefault(-1),
      invert: flag(false),
      mean: numbers.nullish(),
      variance: numbers.nullish(),
    }),
    {
      weights: ({ mean }) => (mean == null ? ['mean', 'variance', 'count'] : []),
      mask: 'passes',
      apply: (call) => {
        const { options, input, add, refuse } = call;
        if ((options.mean == null) !== (options.variance == null)) throw refuse('it has one of mean and variance; both or none are supported');
        const axes = options.axis.map((one) => axisOf(call, one));
        const kept = input.shape.filter((_, i) => axes.includes(i));
        const shape = input.shape.map((length, i) => (axes.includes(i) ? length : 1));
        const given = (values: readonly number[]) => {
          if (values.length !== 1 && values.length !== valueCount(kept))
            throw refuse(`it has ${values.length} means or variances, and its input is ${shapeText(input.shape)}`);
          return Float32Array.from({ length: valueCount(kept) }, (_, i) => values[values.length === 1 ? 0 : i]!);
        };
        const { mean, variance } =
          options.mean != null && options.variance != null
            ? { mean: given(options.mean), variance: given(options.variance) }
            : readMoments(call, kept);
        const constant = (data: Float32Array) => add({ kind: 'constant', value: { shape, data } });
        // Keras divides by at least so much.
        const deviation = constant(variance.map((value) => Math.max(Math.fround(Math.sqrt(value)), 1e-7)));
        if (options.invert) return add({ kind: 'arithmetic', operator: 'add' }, add({ kind: 'arithmetic', operator: 'multiply' }, input, deviation), constant(mean));
        const centred = add({ kind: 'arithmetic', operator: 'subtract' }, input, constant(mean));
        return add({ kind: 'arithmetic', operator: 'divide' }, centred, deviation);
      },
    },
  ),
  Rescaling: layerKind(z.strictObject({ ...common, scale: numbers, offset: numbers.prefault(0) }), {
    mask: 'passes',
    apply: ({ options: { scale, offset }, input, add }) => {
      const constant = (values: readonly number[]) =>
        add({ kind: 'constant', value: { shape: values.length === 1 ? [] : [values.length], data: Float32Array.from(values) } });
      const scaled = add({ kind: 'arithmetic', operator: 'multiply' }, input, constant(scale));
      return add({ kind: 'arithmetic', operator: 'add' }, scaled, constant(offset));
    },
  }),
};

/** What `adapt` has found, which is stored as weights. */
function readMoments({ take }: LayerCall<unknown>, shape: readonly number[]) {
  const { mean, variance } = take({ mean: shape, variance: shape });
  return { mean: mean.data, variance: variance.data };
}
