import { z } from 'zod';

/** How features of any duration become the frames that the network takes. */
const fitSchema = z.strictObject({
  frames: z.int().min(1).max(100_000),
  /** Frames of zeros appended first. */
  padRight: z.int().min(0).max(100_000).default(0),
  /** What lengthens features that are too short: zeros, or once more the last frames. */
  short: z.enum(['repeat-tail', 'zeros']),
  long: z.literal('truncate').default('truncate'),
});

const perRow = z.union([z.number(), z.array(z.number()).min(1)], {
  error: 'must be a number, or a list with one number per row of the features',
});
const centre = z.union([z.literal('recording'), perRow], {
  error: 'must be `recording`, a number, or a list with one number per row of the features',
});
const spread = z.union([z.number().positive(), z.array(z.number().positive()).min(1)], {
  error: 'must be a positive number, or a list with one positive number per row of the features',
});

const spectralFields = {
  /** Length of the Fourier transform and of its Hann window, in samples. */
  fft: z.int().min(16).max(65_536),
  /** Samples from one frame to the next. */
  hop: z.int().min(1).max(65_536),
  /** Mel bands from 0 Hz to half the sample rate. */
  mels: z.int().min(1).max(1024),
  /** The mel scale: HTK's when true, else Slaney's. */
  htk: z.boolean().default(false),
  /** Decibels below the loudest value at which levels are cut off. */
  topDb: z.number().positive().max(1000).default(80),
  /** Which of the two comes first in the network's input. */
  layout: z.enum(['coefficients-frames', 'frames-coefficients']),
  /**
   * `(value - mean) / std`, before `fit`, so that the zeros `fit` adds are the mean. `mean: recording` takes each row's
   * mean over the frames of the recording itself, which removes what a microphone or a room adds to every frame.
   */
  normalisation: z.strictObject({ mean: centre, std: spread }).optional(),
  fit: fitSchema,
};

const mfccSchema = z.strictObject({
  kind: z.literal('mfcc'),
  /** Cepstral coefficients kept, from the first; at most `mels`. */
  coefficients: z.int().min(1).max(1024),
  ...spectralFields,
});

/** Levels of the mel bands in decibels: here the bands themselves are the coefficients. */
const melSchema = z.strictObject({ kind: z.literal('mel'), ...spectralFields });

/** How samples become the network's input. */
export const featuresSchema = z.discriminatedUnion('kind', [mfccSchema, melSchema]).superRefine((features, context) => {
  const rows = featureRows(features);
  if (rows > features.mels)
    context.addIssue({ code: 'custom', path: ['coefficients'], message: 'must not exceed features.mels' });
  for (const [field, values] of Object.entries(features.normalisation ?? {})) {
    if (Array.isArray(values) && values.length !== rows)
      context.addIssue({
        code: 'custom',
        path: ['normalisation', field],
        message: `must have ${rows} numbers, one per row of the features, or be a single number`,
      });
  }
});

/** Values in each frame: coefficients of an MFCC, bands of a mel spectrogram. */
export function featureRows(features: { kind: 'mfcc'; coefficients: number } | { kind: 'mel'; mels: number }): number {
  return features.kind === 'mfcc' ? features.coefficients : features.mels;
}
