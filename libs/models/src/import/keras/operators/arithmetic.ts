import { z } from 'zod';

import type { Arithmetic, Reduce } from '../../../network/operations.js';
import { axisOf, layerKind, type LayerKind } from '../layer.js';
import { axis, flag } from '../options.js';
import { ofOne, operand, valueOf } from './operands.js';

function arithmetic(operator: Arithmetic['operator']): LayerKind {
  return layerKind(z.strictObject({ ...ofOne, operands: z.tuple([operand, operand]) }), {
    takes: 'several',
    mask: 'matters',
    apply: (call) => {
      // Where the ranks differ, NumPy's broadcasting would bring the batch axis of one to another axis of the other.
      if (call.inputs.some(({ shape }) => shape.length !== call.input.shape.length))
        throw call.refuse('its inputs have different numbers of axes, which is not supported');
      const [a, b] = call.options.operands;
      return call.add({ kind: 'arithmetic', operator }, valueOf(call, a), valueOf(call, b));
    },
  });
}

function reduction(reduce: Reduce['reduce']): LayerKind {
  const schema = z.strictObject({
    ...ofOne,
    axis: z.union([axis.transform((only) => [only]), z.array(axis).min(1)]),
    keepdims: flag(false),
    initial: z.null().optional(),
  });
  return layerKind(schema, {
    mask: 'matters',
    apply: (call) => {
      const axes = [...new Set(call.options.axis.map((one) => axisOf(call, one)))];
      return call.add({ kind: 'reduce', reduce, axes, keepAxes: call.options.keepdims }, call.input);
    },
  });
}

/** Operators on two operands, or over whole axes. */
export const arithmeticOperators: Record<string, LayerKind> = {
  Add: arithmetic('add'),
  Subtract: arithmetic('subtract'),
  Multiply: arithmetic('multiply'),
  Divide: arithmetic('divide'),
  TrueDivide: arithmetic('divide'),
  Maximum: arithmetic('maximum'),
  Minimum: arithmetic('minimum'),
  Power: arithmetic('power'),
  Mean: reduction('mean'),
  Max: reduction('max'),
  Min: reduction('min'),
  Sum: reduction('sum'),
};
