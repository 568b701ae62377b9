import { z } from 'zod';

import { shapeText, valueCount } from '../../../network/tensor.js';
import { axisOf, layerKind, type LayerCall, type LayerKind } from '../layer.js';
import { axis } from '../options.js';
import { ofOne, ofSeveral } from './operands.js';

const place = z
  .int()
  .min(-(2 ** 24))
  .max(2 ** 24);
const bounds = z.strictObject({ start: place.nullable(), stop: place.nullable(), step: place.min(1).nullable() });

/** Of each axis, the batch included, a part; or one place, and the axis is gone. */
const parts = z
  .array(
    z.union([
      place,
      bounds,
      z.object({ class_name: z.literal('__slice__'), config: bounds }).transform(({ config }) => config),
    ]),
  )
  .min(1);
type Part = z.infer<typeof parts>[number];

const whole: Part = { start: null, stop: null, step: null };

/** As Python takes parts of a list: places below 0 count from the end, and those beyond it stand for it. */
function sliced(part: Part, length: number): { start: number; end: number; step: number } {
  const within = (at: number) => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
  if (typeof part !== 'number')
    return { start: within(part.start ?? 0), end: within(part.stop ?? length), step: part.step ?? 1 };
  const start = part < 0 ? part + length : part;
  return { start, end: start + 1, step: 1 };
}

function takenParts(call: LayerCall<{ operands: readonly [unknown, readonly Part[]] }>) {
  const { input, add, refuse } = call;
  const [batch, ...rest] = call.options.operands[1];
  if (JSON.stringify(batch) !== JSON.stringify(whole)) throw refuse('it takes a part of the batch');
  const each = input.shape.map((length, i) => ({ part: rest[i] ?? whole, length }));
  const axes = each.map(({ part, length }) => sliced(part, length));
  if (rest.length > axes.length || axes.some(({ start, end }, i) => start < 0 || start >= end || end > input.shape[i]!))
    throw refuse(`it takes ${JSON.stringify(rest)} of ${shapeText(input.shape)}, which leaves nothing`);
  const value = add({ kind: 'slice', axes }, input);
  const shape = value.shape.filter((_, i) => typeof rest[i] !== 'number');
  // A network has no value without an axis.
  if (shape.length === 0) throw refuse('it leaves one number alone, which is not supported');
  return shape.length === value.shape.length ? value : add({ kind: 'reshape', shape }, value);
}

/** Operators that move, join or leave out values. */
export const shapeOperators: Record<string, LayerKind> = {
  Concatenate: layerKind(z.strictObject({ ...ofSeveral, axis }), {
    takes: 'several',
    mask: 'matters',
    apply: (call) => {
      const values = call.options.operands.map(({ input }) => call.inputs[input]!);
      return call.add({ kind: 'concatenate', axis: axisOf(call, call.options.axis) }, ...values);
    },
  }),
  Reshape: layerKind(
    z.strictObject({
      ...ofOne,
      newshape: z.tuple(
        [z.literal(-1)],
        z
          .int()
          .min(1)
          .max(2 ** 24),
      ),
    }),
    {
      mask: 'matters',
      apply: ({ input, add, refuse, options: { newshape } }) => {
        const shape = newshape.slice(1);
        if (shape.length > 0 && shape.length <= 8 && valueCount(shape) === valueCount(input.shape))
          return add({ kind: 'reshape', shape }, input);
        throw refuse(`${shapeText(input.shape)} cannot become newshape ${JSON.stringify(newshape)}`);
      },
    },
  ),
  ExpandDims: layerKind(z.strictObject({ ...ofOne, axis }), {
    mask: 'matters',
    apply: (call) => {
      // An axis counts as it will be.
      const rank = call.input.shape.length + 1;
      const at = axisOf({ ...call, input: { ...call.input, shape: Array<number>(rank).fill(1) } }, call.options.axis);
      return call.add({ kind: 'reshape', shape: call.input.shape.toSpliced(at, 0, 1) }, call.input);
    },
  }),
  Squeeze: layerKind(z.strictObject({ ...ofOne, axis: z.union([axis, z.tuple([axis]).transform(([only]) => only)]) }), {
    mask: 'matters',
    apply: (call) => {
      const at = axisOf(call, call.options.axis);
      if (call.input.shape[at] !== 1 || call.input.shape.length === 1)
        throw call.refuse(`axis = ${call.options.axis} of ${shapeText(call.input.shape)} cannot be left out`);
      return call.add({ kind: 'reshape', shape: call.input.shape.toSpliced(at, 1) }, call.input);
    },
  }),
  Transpose: layerKind(z.strictObject({ ...ofOne, axes: z.array(z.int().min(0).max(8)).min(2) }), {
    mask: 'matters',
    apply: (call) => {
      const { axes } = call.options;
      const order = axes.slice(1).map((one) => axisOf(call, one));
      if (axes[0] === 0 && order.length === call.input.shape.length && new Set(order).size === order.length)
        return call.add({ kind: 'transpose', order }, call.input);
      throw call.refuse(`axes = ${JSON.stringify(axes)} must name the batch first, and then each axis once`);
    },
  }),
  GetItem: layerKind(z.strictObject({ ...ofOne, operands: z.tuple([ofOne.operands.def.items[0], parts]) }), {
    mask: 'matters',
    apply: takenParts,
  }),
};
