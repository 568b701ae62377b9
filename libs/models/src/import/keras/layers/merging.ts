import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import type { Arithmetic } from '../../../network/operations.js';
import { axisOf, layerKind, type LayerCall, type LayerKind } from '../layer.js';
import { axis, common } from '../options.js';

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
};
