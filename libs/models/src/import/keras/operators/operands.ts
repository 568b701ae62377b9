import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import type { LayerCall } from '../layer.js';
import { common } from '../options.js';

const numbers = z.union([z.number(), z.array(z.number()).min(1)]);

/** One of the values that the call takes; or constants: a number, or some along the last axis. */
export const operand = z.union([
  z.strictObject({ input: z.int().min(0) }),
  numbers,
  z
    .object({ class_name: z.enum(['__numpy__', '__tensor__']), config: z.object({ value: numbers }) })
    .transform(({ config }) => config.value),
]);
export type Operand = z.infer<typeof operand>;

const value = z.strictObject({ input: z.int().min(0) });

/** Options of an operator on one value. */
export const ofOne = { name: z.string(), dtype: common.dtype, operands: z.tuple([value]) };

/** Options of an operator on a list of values. */
export const ofSeveral = { ...ofOne, operands: z.array(value).min(1) };

/** The value of an operand, which constants become. */
export function valueOf({ inputs, add }: LayerCall<unknown>, given: Operand): Value {
  if (typeof given === 'object' && 'input' in given) return inputs[given.input]!;
  const [shape, data] = typeof given === 'number' ? [[], [given]] : [[given.length], given];
  return add({ kind: 'constant', value: { shape, data: Float32Array.from(data) } });
}
