import { z } from 'zod';

/** How a recording becomes mono samples at one rate and of bounded length. */
export const audioInputSchema = z
  .strictObject({
    kind: z.literal('audio'),
    /** Hertz; a recording at another rate is resampled. */
    sampleRate: z.int().min(1000).max(192_000),
    /** `mean` of all channels, or the number of one of them, counted from 0. */
    channels: z.union([z.literal('mean'), z.int().min(0).max(63)], {
      error: 'must be mean or the number of a channel, counted from 0',
    }),
    /** The filter that resamples, named as in librosa; at an equal rate nothing is resampled. */
    resampler: z.enum(['kaiser_fast', 'kaiser_best']),
    /** Seconds used, from the start of the recording; what follows is ignored. Without it the whole recording is used. */
    seconds: z.number().positive().max(3600).optional(),
    /** A recording shorter than `seconds`: `keep` leaves it as it is, `zeros` lengthens it with silence. */
    short: z.enum(['keep', 'zeros']).default('keep'),
  })
  .refine(({ seconds, short }) => short === 'keep' || seconds !== undefined, {
    path: ['seconds'],
    error: 'must be given when input.short is zeros',
  });
