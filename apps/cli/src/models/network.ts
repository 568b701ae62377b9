import { z } from 'zod';

const tensors = z.array(z.looseObject({ name: z.string(), shape: z.array(z.number()) }));

/** What a registered network is. */
export const networkSchema = z.looseObject({
  format: z.string(),
  layers: z.number(),
  inputs: tensors,
  outputs: tensors,
});

/** How its conversion was checked. */
export const checkSchema = z.looseObject({ reference: z.string(), largestDifference: z.number() });
