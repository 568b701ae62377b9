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
    kind: z.literal('audio').describe('what the model takes: a recording'),
    sampleRate: z
      .int()
      .min(1000)
      .max(192_000)
      .describe(
        'hertz; a recording at another rate is resampled (`sr` of `librosa.load`, which is 22050 unless given)',
      ),
    channels: z
      .union([z.literal('mean'), z.int().min(0).max(63)], {
        error: 'must be mean or the number of a channel, counted from 0',
      })
      .describe('`mean` of all channels, or the number of one of them, counted from 0'),
    resampler: z
      .enum(resamplerNames)
      .default('soxr_hq')
      .describe(
        'the filter that resamples, named as in librosa (`res_type`): `soxr_hq` (its default since 0.10), `kaiser_fast`, ' +
          '`kaiser_best` (both as up to resampy 0.2), or `kaiser_fast_0_3`, `kaiser_best_0_3` (since resampy 0.3)',
      ),
    seconds: z
      .number()
      .positive()
      .max(3600)
      .optional()
      .describe(
        'seconds used, from the start of the recording, at most 67,108,864 samples; what follows is ignored; default ' +
          'the whole recording, which may have as many samples',
      ),
    short: z
      .enum(['keep', 'zeros'])
      .default('keep')
      .describe('a recording shorter than `seconds`: `keep` leaves it as it is, `zeros` lengthens it with silence'),
    window: windowSchema
      .optional()
      .describe('instead of `seconds`: the whole recording is heard, window after window, however long it is'),
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
