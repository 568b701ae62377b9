import { z } from 'zod';

const positive = z.number().positive();

/** How powers or magnitudes become levels. */
export const levelsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('decibels'),
    /** What the values are taken for: 10 dB for a factor of 10, or 20. */
    of: z.enum(['power', 'amplitude']).optional(),
    /** What is 0 dB: the largest value of the recording, or a number. */
    reference: z.union([z.literal('max'), positive], { error: 'must be max or a positive number' }).optional(),
    /** Smaller values count as this one. */
    least: positive.max(1).optional(),
  }),
  /** `ln(max(least, x) + offset)` */
  z.strictObject({
    kind: z.literal('ln'),
    offset: z.number().min(0).max(1e6).optional(),
    least: positive.max(1).optional(),
  }),
  /** `ln(1 + gain * x)` */
  z.strictObject({ kind: z.literal('ln1p'), gain: positive.max(1e12).optional() }),
  /** The values as they are. */
  z.strictObject({ kind: z.literal('none') }),
  /** Per-channel energy normalisation, as librosa.pcen. */
  z.strictObject({
    kind: z.literal('pcen'),
    /** The values are multiplied by it first. */
    scale: positive.max(2 ** 40).optional(),
    gain: z.number().min(0).max(1).optional(),
    bias: z.number().min(0).max(1e6).optional(),
    power: z.number().min(0).max(1).optional(),
    timeConstantSeconds: positive.max(3600).optional(),
    least: positive.max(1).optional(),
  }),
]);

/** See {@link levelsSchema}. */
export type Levels = z.infer<typeof levelsSchema>;
