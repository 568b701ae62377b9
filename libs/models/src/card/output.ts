import { z } from 'zod';

export const labelSchema = z.string().trim().min(1).max(200);
const scoreLimit = z.number().min(0).max(1);

/** What a network's output is read as. */
export const taskSchema = z
  .enum(['classification', 'multi-label', 'anomaly-detection', 'raw'])
  .describe(
    'what the network’s output is read as; `classification`: one label of several; `multi-label`: every label that applies; ' +
      '`anomaly-detection`: how badly an autoencoder repeats its input; `raw`: the values as they are',
  );

/** See {@link taskSchema}. */
export type Task = z.infer<typeof taskSchema>;

/** How the predictions of windows become segments, and the recording's own scores. */
export const segmentsSchema = z.strictObject({
  threshold: z
    .union([scoreLimit, z.record(labelSchema, scoreLimit)], {
      error: 'must be a number from 0 to 1, or a map of labels to such numbers',
    })
    .optional()
    .describe(
      'task `classification` only: a window whose best score is below it says nothing: one number, or one for each ' +
        'label named; default none, every window says something',
    ),
  minSeconds: z.number().min(0).max(86_400).default(0).describe('seconds; shorter segments are left out'),
  scores: z
    .enum(['mean', 'max'])
    .default('mean')
    .describe('the recording’s own score of a label, or its error: the mean of its windows’, or the highest'),
  ignore: z
    .array(labelSchema)
    .max(10_000)
    .default([])
    .describe('labels that are never a segment, such as silence or background'),
});

/** See {@link segmentsSchema}. */
export type SegmentRules = z.infer<typeof segmentsSchema>;

const threshold = z.union([z.number().min(0), z.record(labelSchema, scoreLimit)], {
  error: 'must be a number that is at least 0, or a map of labels to numbers from 0 to 1',
});

/** What the network's output means. Which fields a task takes, and which it must have, is said by `outputFaults`. */
export const outputSchema = z.strictObject({
  from: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'the name of the output that is read; it must be given where the network has several; default the only one',
    ),
  labels: z
    .array(labelSchema)
    .min(1)
    .max(10_000)
    .optional()
    .describe(
      'tasks `classification` and `multi-label`, which must have it: one label for each value of the output, in its ' +
        'order, all different; with `classification` at least 2: a network with a single value has two, the second ' +
        'of which is the one whose probability that value is',
    ),
  normal: labelSchema
    .optional()
    .describe(
      'the label of the ordinary case: results with any other say `anomaly: true`; with `anomaly-detection` the word ' +
        'for errors up to the threshold; default none, nothing is called an anomaly; with `anomaly-detection` `normal`',
    ),
  activation: z
    .enum(['softmax', 'sigmoid'])
    .optional()
    .describe(
      'tasks `classification` and `multi-label` (`sigmoid` only): what turns the values into scores from 0 to 1, ' +
        'before anything else, where the network gives logits, that is, where its last layer has no activation; ' +
        'default none, the values are the scores',
    ),
  topK: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe(
      'tasks `classification` and `multi-label`: how many scores a result lists, best first; default all, in the ' +
        'order of `labels`',
    ),
  threshold: threshold
    .optional()
    .describe(
      '`classification`: where the best score is below it, the label is `otherwise`; `multi-label`: labels whose ' +
        'score is at or above it apply; one number, or one for each label named, the others having 0.5; ' +
        '`anomaly-detection`, which must have it: errors above it are anomalies; default none; with `multi-label` 0.5',
    ),
  otherwise: labelSchema
    .optional()
    .describe(
      'tasks `classification`, only beside `threshold`, and `multi-label`: the label of a result where none is sure ' +
        'enough; it may be one of `labels`; default `unknown`; with `multi-label` `none`',
    ),
  anomaly: labelSchema
    .optional()
    .describe('task `anomaly-detection`: the word for errors above the threshold; default `anomaly`'),
  error: z
    .enum(['mse', 'mae', 'rmse'])
    .optional()
    .describe(
      'task `anomaly-detection`: what is measured between input and output over all values; `mse`: mean squared, ' +
        '`mae`: mean absolute, `rmse`: root mean squared error; default `mse`',
    ),
  segments: segmentsSchema
    .optional()
    .describe('only with `input.window`: how windows become segments, and the recording’s own scores'),
});

/** See {@link outputSchema}. */
export type CardOutput = z.infer<typeof outputSchema>;
