import { z } from 'zod';

const tensors = z.array(z.looseObject({ name: z.string(), shape: z.array(z.number()) }));

/** What a registered network is and how its conversion was checked. */
export const networkSchema = z.looseObject({
  format: z.string(),
  layers: z.number(),
  inputs: tensors,
  outputs: tensors,
});
export const checkSchema = z.looseObject({ reference: z.string(), largestDifference: z.number() });

/** What the commands need of a registered version; the rest of the answer is kept as it came, for `--json`. */
export const modelSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  digest: z.string(),
  task: z.string().nullish(),
  queue: z.string().nullish(),
  description: z.string().nullish(),
  registeredAt: z.string().nullish(),
  card: z.looseObject({}).nullish(),
  network: networkSchema.nullish(),
  check: checkSchema.nullish(),
  /** Of the model, the highest first. */
  versions: z.array(z.string()).nullish(),
  /** Of the model: alias to version. */
  aliases: z.record(z.string(), z.string()).nullish(),
});

export type Model = z.infer<typeof modelSchema>;
export const modelsSchema = z.looseObject({ models: z.array(modelSchema) });
