import { z } from 'zod';

const place = z.enum(['start', 'middle', 'end']);
const positive = z.number().positive();

/** What is done to the samples before frames are cut, in this order; each step only where it is given. */
export const samplesSchema = z.strictObject({
  trim: z
    .strictObject({
      topDb: positive
        .max(1000)
        .default(60)
        .describe('decibels below the reference under which a frame is silent (`top_db`)'),
      reference: z
        .union([z.literal('max'), positive], { error: 'must be max or a positive number' })
        .default('max')
        .describe('the amplitude that is 0 dB: that of the loudest frame, or a number (`ref`)'),
      frameLength: z.int().min(2).max(65_536).default(2048).describe('samples of a frame (`frame_length`)'),
      hop: z.int().min(1).max(65_536).default(512).describe('samples from one frame to the next (`hop_length`)'),
    })
    .optional()
    .describe('silence at both ends is taken off, as by `librosa.effects.trim`; `trim: {}` for its defaults'),
  fit: z
    .strictObject({
      length: z
        .int()
        .min(1)
        .max(2 ** 26)
        .describe('exactly so many samples are made of any number'),
      keep: place.default('start').describe('which part of more samples is kept'),
      place: place.default('start').describe('where fewer samples lie'),
      fill: z
        .enum(['zeros', 'repeat'])
        .default('zeros')
        .describe('what is around fewer: silence, or they themselves once more'),
    })
    .optional()
    .describe('a fixed number of samples'),
  peak: positive.max(1).optional().describe('what the largest magnitude is made'),
  rms: positive.max(1).optional().describe('what the root mean square is made'),
  preEmphasis: z
    .strictObject({
      coefficient: z.number().min(0).max(1).default(0.97).describe('`x[n] - coefficient x[n - 1]`'),
      first: z
        .enum(['librosa', 'kept', 'edge'])
        .default('librosa')
        .describe(
          'what becomes of the first sample: `librosa`, what `librosa.effects.preemphasis` makes of it; `kept`; ' +
            '`edge`, as if the one before it were the same',
        ),
    })
    .optional()
    .describe('higher frequencies are raised; `preEmphasis: {}` for the defaults'),
});

/** See {@link samplesSchema}. */
export type SampleSteps = z.infer<typeof samplesSchema>;
