import { z } from 'zod';

import { activated, activationOption, relu } from '../activations.js';
import { axisOf, layerKind, type LayerKind } from '../layer.js';
import { axis, common, ignored, number } from '../options.js';

const axes = z.union([axis, z.array(axis).length(1).transform(([only]) => only!)]);

/** Activations that are layers of their own. */
export const activationLayers: Record<string, LayerKind> = {
  Activation: layerKind(z.strictObject({ ...common, activation: activationOption }), {
    mask: 'passes',
    apply: (call) => activated(call, call.options.activation, call.input),
  }),
  ReLU: layerKind(
    z.strictObject({
      ...common,
      max_value: number.nullish(),
      negative_slope: number.nullish(),
      threshold: number.nullish(),
    }),
    {
      mask: 'passes',
      apply: ({ options: { max_value, negative_slope, threshold }, input, add }) =>
        add(
          {
            kind: 'activate',
            ...relu({ slope: negative_slope ?? 0, threshold: threshold ?? 0, most: max_value ?? Infinity }),
          },
          input,
        ),
    },
  ),
  LeakyReLU: layerKind(
    z.strictObject({ ...common, alpha: number.optional(), negative_slope: number.optional() }),
    {
      mask: 'passes',
      apply: ({ options: { alpha, negative_slope }, input, add, refuse }) => {
        if (alpha !== undefined && negative_slope !== undefined) throw refuse('it has alpha and negative_slope; one is supported');
        return add({ kind: 'activate', ...relu({ slope: alpha ?? negative_slope ?? 0.3 }) }, input);
      },
    },
  ),
  ELU: layerKind(z.strictObject({ ...common, alpha: number.default(1) }), {
    mask: 'passes',
    apply: ({ options: { alpha }, input, add }) => add({ kind: 'activate', function: 'elu', alpha }, input),
  }),
  ThresholdedReLU: layerKind(z.strictObject({ ...common, theta: number.default(1) }), {
    mask: 'passes',
    apply: ({ options: { theta }, input, add }) => add({ kind: 'activate', function: 'thresholded-relu', theta }, input),
  }),
  PReLU: layerKind(
    z.strictObject({ ...common, shared_axes: z.union([z.array(z.int().min(1).max(8)), z.null()]).optional(), init: ignored, weights: z.null().optional() }),
    {
      weights: () => ['alpha'],
      mask: 'passes',
      apply: (call) => {
        const shared = (call.options.shared_axes ?? []).map((shares) => axisOf(call, shares));
        const shape = call.input.shape.map((length, i) => (shared.includes(i) ? 1 : length));
        return call.add({ kind: 'prelu', slope: call.take({ alpha: shape }).alpha }, call.input);
      },
    },
  ),
  Softmax: layerKind(z.strictObject({ ...common, axis: axes.default(-1) }), {
    mask: 'matters',
    apply: (call) => call.add({ kind: 'softmax', axis: axisOf(call, call.options.axis), logarithm: false }, call.input),
  }),
};
