import { z } from 'zod';

/** The answer of the server of machine faults. */
export const inferenceSchema = z.object({
  Anomaly: z.boolean(),
  Details: z.object({ Message: z.string(), Probabilities: z.array(z.number()) }),
});

/** The answer of the server of keywords. */
export const keywordSchema = z.object({ keyword: z.string() });

/** The answer of the server of digits. */
export const predictedLabelSchema = z.object({
  success: z.literal(true),
  most_probable_label: z.string(),
  predictions: z.array(z.object({ label: z.string(), probability: z.string() })),
});
