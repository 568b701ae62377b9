import { z } from 'zod';

import type { Activation } from '../../../network/operations.js';
import { activated, activationOption, pointwiseLayers } from '../activations.js';
import { axisOf, layerKind, type LayerKind } from '../layer.js';
import { axis, common, ignored } from '../options.js';

const axes = z.union([
  axis,
  z
    .array(axis)
    .length(1)
    .transform(([only]) => only!),
]);

/** Activations that are layers of their own. */
export const activationLayers: Record<string, LayerKind> = {
  Activation: layerKind(z.strictObject({ ...common, activation: activationOption }), {
    mask: 'passes',
    apply: (call) => activated(call, call.options.activation, call.input),
  }),
  ...Object.fromEntries(
    Object.entries(pointwiseLayers).map(([className, schema]) => [
      className,
      layerKind(schema as z.ZodType<Activation>, {
        mask: 'passes',
        apply: ({ options, input, add }) => add({ kind: 'activate', ...options }, input),
      }),
    ]),
  ),
  PReLU: layerKind(
    z.strictObject({
      ...common,
      shared_axes: z.union([z.array(z.int().min(1).max(8)), z.null()]).optional(),
      init: ignored,
      weights: z.null().optional(),
    }),
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
