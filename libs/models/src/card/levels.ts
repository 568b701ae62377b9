import { z } from 'zod';

const positive = z.number().positive();

/** How powers or magnitudes become levels. */
export const levelsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('decibels').describe('`10 log10(x / reference)`, or 20 for amplitudes'),
    of: z
      .enum(['power', 'amplitude'])
      .optional()
      .describe('what the values are taken for: 10 dB for a factor of 10, or 20; default `power`'),
    reference: z
      .union([z.literal('max'), positive], { error: 'must be max or a positive number' })
      .optional()
      .describe('what is 0 dB: the largest value of the recording, or a number (`ref`); default 1'),
    least: positive
      .max(1)
      .optional()
      .describe('smaller values count as this one (`amin`); default 1e-10, or 1e-5 of an amplitude'),
  }),
  z.strictObject({
    kind: z.literal('ln').describe('`ln(max(least, x) + offset)`'),
    offset: z.number().min(0).max(1e6).optional().describe('what is added before the logarithm; default 0'),
    least: positive.max(1).optional().describe('smaller values count as this one; default 1e-10, or 0 with an offset'),
  }),
  z.strictObject({
    kind: z.literal('ln1p').describe('`ln(1 + gain x)`'),
    gain: positive.max(1e12).optional().describe('what the values are multiplied by; default 1'),
  }),
  z.strictObject({ kind: z.literal('none').describe('the values as they are') }),
  z.strictObject({
    kind: z.literal('pcen').describe('per-channel energy normalisation, as `librosa.pcen`'),
    scale: positive
      .max(2 ** 40)
      .optional()
      .describe(
        'what the values are multiplied by first; librosa advises 2147483648, with `features.power: 1`; default 1',
      ),
    gain: z.number().min(0).max(1).optional().describe('as in `librosa.pcen`; default 0.98'),
    bias: z.number().min(0).max(1e6).optional().describe('as in `librosa.pcen`; default 2'),
    power: z.number().min(0).max(1).optional().describe('as in `librosa.pcen`; default 0.5'),
    timeConstantSeconds: positive
      .max(3600)
      .optional()
      .describe('seconds, as `time_constant` in `librosa.pcen`; default 0.4'),
    least: positive.max(1).optional().describe('`eps` of `librosa.pcen`; default 1e-6'),
  }),
]);

/** See {@link levelsSchema}. */
export type Levels = z.infer<typeof levelsSchema>;
