import { z } from 'zod';

import { checkSchema, networkSchema } from './network.js';

const milliseconds = z.number();
const labelScore = z.object({ label: z.string(), score: z.number() });

/** What is shown of a prediction; the rest is kept as it came, for `--json`. */
const predictionSchema = z.looseObject({
  label: z.string().nullable(),
  score: z.number().nullable(),
  scores: z.array(labelScore),
  segments: z.array(z.looseObject({})),
  tensor: z.looseObject({ shape: z.array(z.number()) }).optional(),
});

const inputSchema = z.union([
  z.object({
    ...{ type: z.literal('input'), file: z.string(), prediction: predictionSchema, runs: z.number() },
    ...{ decodeMs: milliseconds, featuresMs: milliseconds, networkMs: milliseconds, totalMs: milliseconds },
  }),
  z.object({
    ...{ type: z.literal('input'), file: z.string() },
    failure: z.object({ code: z.string(), detail: z.string() }),
  }),
]);
/** One input: what was predicted and the medians of what each part took, or why nothing was. */
export type CheckedInput = z.infer<typeof inputSchema>;

const registeredSchema = z.object({
  type: z.literal('registered'),
  milliseconds,
  record: z.looseObject({
    ...{ name: z.string(), version: z.string(), digest: z.string() },
    ...{ network: networkSchema, check: checkSchema },
  }),
});
export type CheckedModel = z.infer<typeof registeredSchema>;

const loadedSchema = z.object({
  ...{ type: z.literal('loaded'), engine: z.string() },
  ...{ loadMs: milliseconds, networkMs: milliseconds, addedBytes: z.number() },
});
export type MeasuredModel = z.infer<typeof loadedSchema>;

/** A message of a check process: see apps/worker/src/check/messages.ts. */
export const checkReplySchema = z.union([
  registeredSchema,
  loadedSchema,
  inputSchema,
  z.object({ type: z.literal('done') }),
  z.object({
    ...{ type: z.literal('refused'), code: z.string(), detail: z.string() },
    cause: z.string().optional(),
  }),
]);
export type CheckReply = z.infer<typeof checkReplySchema>;
