import { z } from 'zod';

const place = z.enum(['start', 'middle', 'end']);
const positive = z.number().positive();

/** What is done to the samples before frames are cut, in this order; each step only where it is given. */
export const samplesSchema = z.strictObject({
  /** Silence at both ends is taken off, as by librosa.effects.trim. */
  trim: z
    .strictObject({
      /** Decibels below the reference under which a frame is silent. */
      topDb: positive.max(1000).default(60),
      /** The amplitude that is 0 dB: that of the loudest frame, or a number. */
      reference: z.union([z.literal('max'), positive], { error: 'must be max or a positive number' }).default('max'),
      frameLength: z.int().min(2).max(65_536).default(2048),
      hop: z.int().min(1).max(65_536).default(512),
    })
    .optional(),
  /** Exactly so many samples. */
  fit: z
    .strictObject({
      length: z
        .int()
        .min(1)
        .max(2 ** 26),
      /** Which part of more samples is kept. */
      keep: place.default('start'),
      /** Where fewer samples lie. */
      place: place.default('start'),
      /** What is around them: silence, or they themselves once more. */
      fill: z.enum(['zeros', 'repeat']).default('zeros'),
    })
    .optional(),
  /** What the largest magnitude is made. */
  peak: positive.max(1).optional(),
  /** What the root mean square is made. */
  rms: positive.max(1).optional(),
  /** `x[n] - coefficient * x[n - 1]`. */
  preEmphasis: z
    .strictObject({
      coefficient: z.number().min(0).max(1).default(0.97),
      /** What becomes of the first sample: librosa's own rule, none, or as if the one before it were the same. */
      first: z.enum(['librosa', 'kept', 'edge']).default('librosa'),
    })
    .optional(),
});

/** See {@link samplesSchema}. */
export type SampleSteps = z.infer<typeof samplesSchema>;
