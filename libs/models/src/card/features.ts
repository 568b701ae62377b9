import { z } from 'zod';

import { levelsSchema } from './levels.js';
import { normalisationSchema } from './normalisation.js';
import { bandFields, cepstrumFields, framingFields } from './spectrum.js';

/** How features of any duration become the frames that the network takes. */
const fitSchema = z
  .strictObject({
    frames: z.int().min(1).max(100_000).describe('frames that the network takes'),
    padRight: z.int().min(0).max(100_000).default(0).describe('frames of zeros appended first'),
    short: z
      .enum(['repeat-tail', 'zeros', 'edge', 'minimum'])
      .describe(
        'what then fills up features that are too short: `zeros`; `minimum`, their smallest value; `edge`, the ' +
          'outermost frames; `repeat-tail`, the last frames once more (refused if more than half lack)',
      ),
    fillAt: z
      .enum(['right', 'both'])
      .optional()
      .describe('where that goes: at their end, or at both ends; default `right`'),
    long: z
      .enum(['truncate', 'middle'])
      .default('truncate')
      .describe('what is kept of features that are too long: their beginning (`truncate`), or their `middle`'),
  })
  .refine(({ short, fillAt }) => short !== 'repeat-tail' || fillAt !== 'both', {
    path: ['fillAt'],
    error: 'must be right when features.fit.short is repeat-tail',
  });

const levelFields = {
  levels: levelsSchema.optional().describe('how powers or magnitudes become levels; default decibels relative to 1'),
  topDb: z
    .union([z.number().positive().max(1000), z.literal('none')], { error: 'must be a number from 0 to 1000, or none' })
    .default(80)
    .describe(
      'decibels below the loudest at which levels are cut off (`top_db`), or `none`; for levels in decibels only',
    ),
  deltas: z
    .strictObject({
      orders: z
        .union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2' })
        .describe('`1`: rates of change; `2`: also those of the second order'),
      width: z
        .int()
        .min(3)
        .max(999)
        .refine((width) => width % 2 === 1, 'must be odd')
        .optional()
        .describe('frames that a rate is taken over; odd; default 9'),
      mode: z
        .enum(['interp', 'nearest'])
        .optional()
        .describe(
          'at the ends: the rate of the nearest frame with all its neighbours (`interp`), or with the outermost frame ' +
            'repeated (`nearest`); default `interp`',
        ),
    })
    .optional()
    .describe('rows with rates of change are stacked below the features, as by `librosa.feature.delta`'),
  normalisation: normalisationSchema
    .optional()
    .describe('`(value - mean) / std`, or another range; before `fit`, so that the zeros `fit` adds are the mean'),
  layout: z
    .enum(['coefficients-frames', 'frames-coefficients'])
    .describe(
      'which of the two comes first in the network’s input; a `.T` in the notebook means `frames-coefficients`',
    ),
  fit: fitSchema.describe('how features of any duration become the frames that the network takes'),
};

/** Levels of the bins of the spectrum: here the bins are the coefficients. */
const spectrogramSchema = z.strictObject({
  kind: z.literal('spectrogram').describe('levels of the bins of the spectrum'),
  ...framingFields,
  ...levelFields,
});
/** Levels of the mel bands: here the bands are the coefficients. */
const melSchema = z.strictObject({
  kind: z.literal('mel').describe('levels of mel bands'),
  ...framingFields,
  ...bandFields,
  ...levelFields,
});
const mfccSchema = z.strictObject({
  kind: z.literal('mfcc').describe('cepstral coefficients of levels of mel bands'),
  ...framingFields,
  ...bandFields,
  ...cepstrumFields,
  ...levelFields,
});

/** How samples become the network's input. */
export const featuresSchema = z
  .discriminatedUnion('kind', [mfccSchema, melSchema, spectrogramSchema])
  .superRefine((features, context) => {
    for (const [path, message] of contradictions(features)) context.addIssue({ code: 'custom', path, message });
  });

/** See {@link featuresSchema}. */
export type Features = z.infer<typeof mfccSchema> | z.infer<typeof melSchema> | z.infer<typeof spectrogramSchema>;

function* contradictions(features: Features): Generator<[path: string[], message: string]> {
  const { fft, windowLength = fft } = features;
  if (windowLength > fft) yield [['windowLength'], 'must not exceed features.fft'];
  if (features.kind !== 'spectrogram' && (features.lowestHz ?? 0) >= (features.highestHz ?? Infinity))
    yield [['highestHz'], 'must be above features.lowestHz'];
  if (features.kind === 'mfcc') yield* contradictionsOfCepstrum(features);
  const rows = featureRows(features);
  for (const field of ['mean', 'std'] as const) {
    const values = features.normalisation?.[field];
    if (Array.isArray(values) && values.length !== rows)
      yield [['normalisation', field], `must have ${rows} numbers, one per row of the features, or be a single number`];
  }
}

function* contradictionsOfCepstrum(features: z.infer<typeof mfccSchema>): Generator<[path: string[], message: string]> {
  const { coefficients, mels, dctType, dctNorm } = features;
  if (coefficients > mels) yield [['coefficients'], 'must not exceed features.mels'];
  if (dctNorm === 'htk' && (dctType ?? 2) !== 2) yield [['dctNorm'], 'can be htk for features.dctType 2 only'];
  if (dctType === 1 && mels < 2) yield [['dctType'], 'can be 1 only for two features.mels and more'];
}

/** Values in each frame: coefficients of an MFCC, bands of a mel spectrogram, bins of a spectrogram; and their deltas. */
export function featureRows(features: Features): number {
  return rowsOfKind(features) * (1 + (features.deltas?.orders ?? 0));
}

function rowsOfKind(features: Features): number {
  switch (features.kind) {
    case 'mfcc':
      return features.coefficients;
    case 'mel':
      return features.mels;
    case 'spectrogram':
      return 1 + Math.floor(features.fft / 2);
  }
}
