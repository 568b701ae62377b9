import { z } from 'zod';

import type { Resampler } from '#dsp';

import { mostSamples, windowSchema } from './window.js';

/** Written once more, so that who only reads cards need not load all of #dsp. */
export const resamplerNames = [
  'soxr_hq',
  'kaiser_fast',
  'kaiser_best',
  'kaiser_fast_0_3',
  'kaiser_best_0_3',
] as const satisfies readonly Resampler[];

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
    resampler: z.enum(resamplerNames).default('soxr_hq'),
    /** Seconds used, from the start of the recording; what follows is ignored. Without it the whole recording is used. */
    seconds: z.number().positive().max(3600).optional(),
    /** A recording shorter than `seconds`: `keep` leaves it as it is, `zeros` lengthens it with silence. */
    short: z.enum(['keep', 'zeros']).default('keep'),
    /** Instead of `seconds`: the whole recording is heard, window after window, however long it is. */
    window: windowSchema.optional(),
  })
  .superRefine(({ seconds, short, sampleRate, window }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (window && seconds !== undefined) refuse(['window'], 'cannot be given together with input.seconds');
    if (window && short === 'zeros') refuse(['short'], 'has no meaning with input.window, which fills up with zeros');
    if (!window && short === 'zeros' && seconds === undefined)
      refuse(['seconds'], 'must be given when input.short is zeros');
    const tooLong = `must make at most ${mostSamples} samples at input.sampleRate`;
    if (window && window.seconds * sampleRate > mostSamples) refuse(['window', 'seconds'], tooLong);
    if ((seconds ?? 0) * sampleRate > mostSamples) refuse(['seconds'], tooLong);
  });
