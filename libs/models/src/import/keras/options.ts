import { z } from 'zod';

/** Any value is accepted and none is used. */
export const ignored = z.unknown().optional();

/** Options without those that only matter in training, which may have any value. */
export function withoutTraining(options: unknown): unknown {
  if (typeof options !== 'object' || options === null) return options;
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name]) => name !== 'trainable' && !/_(initializer|regularizer|constraint)$/.test(name),
    ),
  );
}

/** A policy of numbers: `float32`, as a name or as the object that newer versions write around it. */
const float32 = z.union([
  z.literal('float32').nullish(),
  z.object({
    class_name: z.enum(['DTypePolicy', 'Policy']),
    config: z.object({ name: z.literal('float32') }),
  }),
]);

/** Options of every layer. The shapes count on the first layer only, where they are read beforehand. */
export const common = {
  name: z.string(),
  dtype: float32,
  batch_input_shape: ignored,
  batch_shape: ignored,
  build_input_shape: ignored,
  quantization_config: z.null().optional(),
};

export const size = z.int().min(1).max(1_000_000);
const margin = z.int().min(0).max(10_000);

/** How many axes besides the batch and the channels. */
export type SpatialRank = 1 | 2 | 3;

/** A number for each spatial axis; one number counts for all of them. */
export function sizes(rank: SpatialRank): z.ZodType<readonly number[]> {
  return z.union([z.array(size).length(rank), size.transform((all) => Array.from({ length: rank }, () => all))]);
}

const around = z.tuple([margin, margin]);

/** How much comes before and after each spatial axis; one number counts for both, and for all axes. */
export function margins(rank: SpatialRank): z.ZodType<readonly (readonly [number, number])[]> {
  const both = margin.transform((all): [number, number] => [all, all]);
  return z.union([
    z.array(z.union([around, both])).length(rank),
    ...(rank === 1 ? [around.transform((only) => [only])] : []),
    both.transform((all) => Array.from({ length: rank }, () => all)),
  ]);
}

export const dataFormat = z
  .enum(['channels_last', 'channels_first'])
  .nullish()
  .transform((format) => format ?? 'channels_last');

export const flag = (otherwise: boolean) => z.boolean().default(otherwise);
export const axis = z.int().min(-8).max(8);

/** A number as Keras writes constants: plain, or wrapped as an array of one. */
export const number = z.union([
  z.number(),
  z.object({ type: z.literal('ndarray'), data: z.number() }).transform(({ data }) => data),
  z.object({ type: z.literal('ndarray'), value: z.number() }).transform(({ value }) => value),
  z
    .object({ class_name: z.literal('__numpy__'), config: z.object({ value: z.number() }) })
    .transform(({ config }) => config.value),
]);

const deepNumbers: z.ZodType<number[]> = z.lazy(() =>
  z.union([number.transform((only) => [only]), z.array(deepNumbers).transform((parts) => parts.flat())]),
);

/** Lists of one item, around numbers that lie along the last axis. */
const rowNumbers: z.ZodType<number[]> = z.lazy(() =>
  z.union([
    number.transform((only) => [only]),
    z.array(number).min(1),
    z
      .array(rowNumbers)
      .length(1)
      .transform(([only]) => only!),
  ]),
);

function constants(values: z.ZodType<number[]>): z.ZodType<readonly number[]> {
  return z.union([
    values,
    z
      .object({ class_name: z.literal('__numpy__'), config: z.object({ value: values }) })
      .transform(({ config }) => config.value),
    z.object({ type: z.enum(['ndarray', 'numpy']).optional(), data: values }).transform(({ data }) => data),
  ]);
}

/** One number, or several in a list of any depth, as constants are written. */
export const numbers = constants(deepNumbers);

/** One number, or several along the last axis. */
export const row = constants(rowNumbers);
