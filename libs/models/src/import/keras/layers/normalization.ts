import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import { shapeText, valueCount } from '../../../network/tensor.js';
import { axisOf, layerKind, type LayerCall, type LayerKind } from '../layer.js';
import { axis, common, flag, numbers, row } from '../options.js';

const schema = z.strictObject({
  ...common,
  axis: z.union([axis.transform((only) => [only]), z.array(axis), z.null().transform((): number[] => [])]).prefault(-1),
  invert: flag(false),
  mean: numbers.nullish(),
  variance: numbers.nullish(),
});
type Call = LayerCall<z.infer<typeof schema>>;

function normalised(call: Call): Value {
  const { options, input, add } = call;
  const axes = options.axis.map((one) => axisOf(call, one));
  const kept = input.shape.filter((_, i) => axes.includes(i));
  const shape = input.shape.map((length, i) => (axes.includes(i) ? length : 1));
  const moments = momentsOf(call, kept);
  const constant = (data: Float32Array) => add({ kind: 'constant', value: { shape, data } });
  const mean = constant(moments.mean);
  // Keras divides by at least so much.
  const deviation = constant(moments.variance.map((value) => Math.max(Math.fround(Math.sqrt(value)), 1e-7)));
  if (options.invert) {
    const spread = add({ kind: 'arithmetic', operator: 'multiply' }, input, deviation);
    return add({ kind: 'arithmetic', operator: 'add' }, spread, mean);
  }
  return add(
    { kind: 'arithmetic', operator: 'divide' },
    add({ kind: 'arithmetic', operator: 'subtract' }, input, mean),
    deviation,
  );
}

/** Given as options; else they are what `adapt` has found, which is stored as weights. */
function momentsOf({ options, take, refuse, input }: Call, shape: readonly number[]) {
  if ((options.mean == null) !== (options.variance == null))
    throw refuse('it has one of mean and variance; both or none are supported');
  if (options.mean == null || options.variance == null) {
    const weights = take({ mean: shape, variance: shape });
    return { mean: weights.mean.data, variance: weights.variance.data };
  }
  const count = valueCount(shape);
  const spreadOver = (values: readonly number[]) => {
    if (values.length === 1 || values.length === count)
      return Float32Array.from({ length: count }, (_, i) => values[values.length === 1 ? 0 : i]!);
    throw refuse(`it has ${values.length} means or variances, and its input is ${shapeText(input.shape)}`);
  };
  return { mean: spreadOver(options.mean), variance: spreadOver(options.variance) };
}

/** Layers that shift and scale. */
export const normalizations: Record<string, LayerKind> = {
  Normalization: layerKind(schema, {
    weights: ({ mean }) => (mean == null ? ['mean', 'variance', 'count'] : []),
    mask: 'passes',
    apply: normalised,
  }),
  Rescaling: layerKind(z.strictObject({ ...common, scale: row, offset: row.prefault(0) }), {
    mask: 'passes',
    apply: ({ options: { scale, offset }, input, add }) => {
      const constant = (values: readonly number[]) =>
        add({
          kind: 'constant',
          value: { shape: values.length === 1 ? [] : [values.length], data: Float32Array.from(values) },
        });
      const scaled = add({ kind: 'arithmetic', operator: 'multiply' }, input, constant(scale));
      return add({ kind: 'arithmetic', operator: 'add' }, scaled, constant(offset));
    },
  }),
};
