import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import type { Arithmetic } from '../../../network/operations.js';
import { axisOf, layerKind, type LayerCall, type LayerKind } from '../layer.js';
import { axis, common, flag } from '../options.js';
import { unitLength } from '../unit-length.js';

const plain = z.strictObject(common);

/** One operation on all inputs, two by two. */
export function merged({ inputs, add, refuse }: LayerCall<unknown>, operator: Arithmetic['operator']): Value {
  const [first, ...others] = inputs;
  // Keras fills up missing axes from the left, behind the batch axis, as NumPy does for one value.
  if (others.some(({ shape }) => shape.length !== first!.shape.length))
    throw refuse('its inputs have different numbers of axes, which is not supported');
  return others.reduce((value, other) => add({ kind: 'arithmetic', operator }, value, other), first!);
}

const merging = (operator: Arithmetic['operator']) =>
  layerKind(plain, { takes: 'several', mask: 'passes', apply: (call) => merged(call, operator) });

/** Layers that make one value of several. */
export const mergingLayers: Record<string, LayerKind> = {
  Add: merging('add'),
  Subtract: layerKind(plain, {
    takes: 'several',
    mask: 'passes',
    apply: (call) => {
      if (call.inputs.length !== 2) throw call.refuse(`it takes ${call.inputs.length} inputs, and must take 2`);
      return merged(call, 'subtract');
    },
  }),
  Multiply: merging('multiply'),
  Maximum: merging('maximum'),
  Minimum: merging('minimum'),
  Average: layerKind(plain, {
    takes: 'several',
    mask: 'passes',
    apply: (call) => {
      const sum = merged(call, 'add');
      const count = call.add({ kind: 'constant', value: { shape: [], data: Float32Array.of(call.inputs.length) } });
      return call.add({ kind: 'arithmetic', operator: 'divide' }, sum, count);
    },
  }),
  Concatenate: layerKind(z.strictObject({ ...common, axis: axis.default(-1) }), {
    takes: 'several',
    mask: 'passes',
    apply: (call) => call.add({ kind: 'concatenate', axis: axisOf(call, call.options.axis) }, ...call.inputs),
  }),
  Dot: layerKind(
    z.strictObject({
      ...common,
      axes: z.union([axis.transform((both): [number, number] => [both, both]), z.tuple([axis, axis])]),
      normalize: flag(false),
    }),
    { takes: 'several', apply: dotted },
  ),
};

/** Products of two values, added up along an axis of each; as [others of the first, others of the second]. */
function dotted(call: LayerCall<{ axes: [number, number]; normalize: boolean }>): Value {
  const { inputs, options, add, refuse } = call;
  const [a, b] = inputs;
  if (!a || !b || inputs.length > 2 || a.shape.length > 2 || b.shape.length > 2)
    throw refuse('it must take two inputs of one or two axes besides the batch');
  const [left, right] = [a, b].map((input, i) => {
    const summed = axisOf({ ...call, input }, options.axes[i]!);
    const last = moveLast(call, input, summed);
    const value = options.normalize
      ? unitLength(call, last, [last.shape.length - 1], call.file.keras >= 3 ? 1e-14 : 1e-12)
      : last;
    const [others, length] = [value.shape.length === 1 ? 1 : value.shape[0]!, value.shape.at(-1)!];
    return add({ kind: 'reshape', shape: i === 0 ? [others, 1, length] : [1, others, length] }, value);
  });
  const products = add({ kind: 'arithmetic', operator: 'multiply' }, left!, right!);
  const sums = add({ kind: 'reduce', reduce: 'sum', axes: [2], keepAxes: false }, products);
  const shape = [a, b].flatMap(({ shape: sizes }, i) => (sizes.length === 1 ? [] : [sums.shape[i]!]));
  return add({ kind: 'reshape', shape: shape.length === 0 ? [1] : shape }, sums);
}

function moveLast({ add }: LayerCall<unknown>, value: Value, from: number): Value {
  return from === value.shape.length - 1 ? value : add({ kind: 'transpose', order: [1, 0] }, value);
}
