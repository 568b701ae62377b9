import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import { transposeOrder } from '../axes.js';
import { axisOf, layerKind, type LayerCall, type LayerKind } from '../layer.js';
import { axis, common, flag } from '../options.js';
import { unitLength } from '../unit-length.js';

const axes = z.union([axis.transform((only) => [only]), z.array(axis).min(1)]).prefault(-1);

const grouped = z.strictObject({
  ...common,
  groups: z.union([z.literal(-1), z.int().min(1).max(1_000_000)]).default(32),
  axis: axis.default(-1),
  epsilon: z.number().positive().default(1e-3),
  center: flag(true),
  scale: flag(true),
});

/** Each group of channels is normalised over all places: as rows of a layer normalisation, groups before places. */
function normalisedInGroups(call: LayerCall<z.infer<typeof grouped>>): Value {
  const { options, input, add, take, refuse } = call;
  const channelAxis = axisOf(call, options.axis);
  const channels = input.shape[channelAxis]!;
  const groups = options.groups === -1 ? channels : options.groups;
  if (channels % groups !== 0) throw refuse(`groups = ${groups} does not divide its ${channels} channels`);
  const { order, back } = transposeOrder(input.shape.length, channelAxis);
  const last = order ? add({ kind: 'transpose', order }, input) : input;
  const spatial = last.shape.slice(0, -1);
  const [first, behind] = [spatial.length, spatial.length + 1];
  const places = spatial.map((_, i) => i);
  const apart = add({ kind: 'reshape', shape: [...spatial, groups, channels / groups] }, last);
  const groupsFirst = add({ kind: 'transpose', order: [first, ...places, behind] }, apart);
  const { epsilon } = options;
  const normal = add({ kind: 'layer-normalization', axes: behind, epsilon }, groupsFirst);
  const asBefore = add({ kind: 'transpose', order: [...places.map((i) => i + 1), 0, behind] }, normal);
  const together = add({ kind: 'reshape', shape: last.shape }, asBefore);
  const { gamma, beta } = take({
    gamma: options.scale ? [channels] : undefined,
    beta: options.center ? [channels] : undefined,
  });
  const constant = (value: NonNullable<typeof gamma>) => add({ kind: 'constant', value });
  const scaled = gamma ? add({ kind: 'arithmetic', operator: 'multiply' }, together, constant(gamma)) : together;
  const moved = beta ? add({ kind: 'arithmetic', operator: 'add' }, scaled, constant(beta)) : scaled;
  return back ? add({ kind: 'transpose', order: back }, moved) : moved;
}

const rootMeanSquare = z.strictObject({ ...common, axis: axes, epsilon: z.number().positive().default(1e-6) });

function dividedByRootMeanSquare(call: LayerCall<z.infer<typeof rootMeanSquare>>): Value {
  const { options, input, add, take } = call;
  const over = lastAxes(call, options.axis);
  const squares = add({ kind: 'activate', function: 'square' }, input);
  const mean = add({ kind: 'reduce', reduce: 'mean', axes: over, keepAxes: true }, squares);
  const epsilon = add({ kind: 'constant', value: { shape: [], data: Float32Array.of(options.epsilon) } });
  const root = add(
    { kind: 'activate', function: 'square-root' },
    add({ kind: 'arithmetic', operator: 'add' }, mean, epsilon),
  );
  const normal = add({ kind: 'arithmetic', operator: 'divide' }, input, root);
  const { scale } = take({ scale: over.map((one) => input.shape[one]!) });
  return add({ kind: 'arithmetic', operator: 'multiply' }, normal, add({ kind: 'constant', value: scale }));
}

/** @throws what refuses the call unless `given` are the last axes, to which weights are broadcast */
function lastAxes(call: LayerCall<unknown>, given: readonly number[]): number[] {
  const { input, refuse } = call;
  const sorted = given.map((one) => axisOf(call, one)).sort((a, b) => a - b);
  if (sorted.every((one, i) => one === input.shape.length - sorted.length + i)) return sorted;
  throw refuse(`axis = ${JSON.stringify(given)} is not supported, it must name the last axes`);
}

/** Layers that normalise by what a value itself holds. */
export const ownStatistics: Record<string, LayerKind> = {
  LayerNormalization: layerKind(
    z.strictObject({
      ...common,
      axis: axes,
      epsilon: z.number().positive().default(1e-3),
      center: flag(true),
      scale: flag(true),
      rms_scaling: z.literal(false).optional(),
    }),
    {
      weights: ({ scale, center }) => [...(scale ? ['gamma'] : []), ...(center ? ['beta'] : [])],
      mask: 'passes',
      apply: (call) => {
        const { options, input, add, take } = call;
        const over = lastAxes(call, options.axis);
        const shape = input.shape.slice(-over.length);
        const { gamma: scale, beta: offset } = take({
          gamma: options.scale ? shape : undefined,
          beta: options.center ? shape : undefined,
        });
        return add({ kind: 'layer-normalization', axes: over.length, epsilon: options.epsilon, scale, offset }, input);
      },
    },
  ),
  GroupNormalization: layerKind(grouped, {
    weights: ({ scale, center }) => [...(scale ? ['gamma'] : []), ...(center ? ['beta'] : [])],
    mask: 'passes',
    apply: normalisedInGroups,
  }),
  RMSNormalization: layerKind(rootMeanSquare, {
    weights: () => ['scale'],
    mask: 'passes',
    apply: dividedByRootMeanSquare,
  }),
  UnitNormalization: layerKind(z.strictObject({ ...common, axis: axes }), {
    mask: 'passes',
    apply: (call) => {
      const over = call.options.axis.map((one) => axisOf(call, one));
      return unitLength(call, call.input, over, call.file.keras >= 3 ? 1e-24 : 1e-12);
    },
  }),
};
