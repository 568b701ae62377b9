import { z } from 'zod';

import { levelsSchema } from './levels.js';
import { normalisationSchema } from './normalisation.js';
import { bandFields, cepstrumFields, framingFields } from './spectrum.js';

/** How features of any duration become the frames that the network takes. */
const fitSchema = z
  .strictObject({
    frames: z.int().min(1).max(100_000),
    /** Frames of zeros appended first. */
    padRight: z.int().min(0).max(100_000).default(0),
    /** What fills up features that are too short. */
    short: z.enum(['repeat-tail', 'zeros', 'edge', 'minimum']),
    /** Where that goes. */
    fillAt: z.enum(['right', 'both']).optional(),
    /** What is kept of features that are too long: their beginning, or their middle. */
    long: z.enum(['truncate', 'middle']).default('truncate'),
  })
  .refine(({ short, fillAt }) => short !== 'repeat-tail' || fillAt !== 'both', {
    path: ['fillAt'],
    error: 'must be right when features.fit.short is repeat-tail',
  });

const levelFields = {
  /** Decibels relative to 1 unless given. */
  levels: levelsSchema.optional(),
  /** Decibels below the loudest value at which levels are cut off. */
  topDb: z
    .union([z.number().positive().max(1000), z.literal('none')], { error: 'must be a number from 0 to 1000, or none' })
    .default(80),
  /** Rates of change, stacked below the features: of the first order, or of the first and the second. */
  deltas: z
    .strictObject({
      orders: z.union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2' }),
      /** Frames that a rate is taken over; odd. */
      width: z
        .int()
        .min(3)
        .max(999)
        .refine((width) => width % 2 === 1, 'must be odd')
        .optional(),
      /** At the ends: that of the nearest frame with all its neighbours, or with the outermost frame repeated. */
      mode: z.enum(['interp', 'nearest']).optional(),
    })
    .optional(),
  normalisation: normalisationSchema.optional(),
  /** Which of the two comes first in the network's input. */
  layout: z.enum(['coefficients-frames', 'frames-coefficients']),
  fit: fitSchema,
};

/** Levels of the bins of the spectrum: here the bins are the coefficients. */
const spectrogramSchema = z.strictObject({ kind: z.literal('spectrogram'), ...framingFields, ...levelFields });
/** Levels of the mel bands: here the bands are the coefficients. */
const melSchema = z.strictObject({ kind: z.literal('mel'), ...framingFields, ...bandFields, ...levelFields });
const mfccSchema = z.strictObject({
  kind: z.literal('mfcc'),
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
export type Features =
  z.infer<typeof mfccSchema> | z.infer<typeof melSchema> | z.infer<typeof spectrogramSchema>;

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
