import { z } from 'zod';

export const labelSchema = z.string().trim().min(1).max(200);
const scoreLimit = z.number().min(0).max(1);

/** How the predictions of windows become segments, and the recording's own scores. */
export const segmentsSchema = z.strictObject({
  /** A window whose best score is below it says nothing: one number, or one for each label named. Default none. */
  threshold: z
    .union([scoreLimit, z.record(labelSchema, scoreLimit)], {
      error: 'must be a number from 0 to 1, or a map of labels to such numbers',
    })
    .optional(),
  /** Segments shorter than it are left out. */
  minSeconds: z.number().min(0).max(86_400).default(0),
  /** The recording's own score of a label: the mean of its windows' scores, or the highest of them. */
  scores: z.enum(['mean', 'max']).default('mean'),
  /** Labels that are never a segment, such as silence or background. */
  ignore: z.array(labelSchema).max(10_000).default([]),
});

/** See {@link segmentsSchema}. */
export type SegmentRules = z.infer<typeof segmentsSchema>;

/** What the network's outputs mean. */
export const outputSchema = z
  .strictObject({
    /** One label per output of the network, in its order. */
    labels: z.array(labelSchema).min(2).max(10_000),
    /** The label of the ordinary case: every other one is an anomaly. Without it nothing is called an anomaly. */
    normal: labelSchema.optional(),
    /** Only with `input.window`. */
    segments: segmentsSchema.optional(),
  })
  .superRefine(({ labels, normal, segments }, context) => {
    const known = new Set(labels);
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (known.size < labels.length) refuse(['labels'], 'must differ from each other');
    if (normal !== undefined && !known.has(normal)) refuse(['normal'], 'must be one of output.labels');
    const { threshold = {}, ignore = [] } = segments ?? {};
    if (typeof threshold !== 'number' && !Object.keys(threshold).every((label) => known.has(label)))
      refuse(['segments', 'threshold'], 'must name only labels of output.labels');
    if (!ignore.every((label) => known.has(label)))
      refuse(['segments', 'ignore'], 'must name only labels of output.labels');
  });
