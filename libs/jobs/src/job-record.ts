import { z } from 'zod';
import { errorTable, type ErrorCode } from './errors.js';
import { jobStatuses, type JobSnapshot } from './job-snapshot.js';

/** The most of each that a job shows; `/result` has all. */
const shownSegments = 100;
const shownScores = 20;
const shownValues = 100;

const scoreSchema = z.object({ label: z.string(), score: z.number() }).meta({ id: 'Score' });
const segmentSchema = scoreSchema
  .extend({ start: z.number(), end: z.number() })
  .meta({ id: 'Segment', description: 'What was heard from when to when, in seconds.' });

/** What one attempt found out, as it lies in the object store; times within the recording in seconds. */
export const resultSchema = z
  .object({
    label: z.string().nullable().describe('Null for a network whose values are handed back as they are.'),
    score: z.number().nullable(),
    anomaly: z.boolean().optional(),
    labels: z.array(scoreSchema).optional().describe('Of several that may apply at once, those that do; best first.'),
    scores: z.array(scoreSchema),
    windowScores: z
      .array(z.number().nullable())
      .optional()
      .describe('The score of each window, null where there was nothing to compute on.'),
    tensor: z.object({ shape: z.array(z.number().int()), values: z.array(z.number()) }).optional(),
    segments: z.array(segmentSchema),
    provenance: z.object({
      inputSha256: z.string(),
      modelName: z.string(),
      modelVersion: z.string(),
      modelDigest: z.string(),
      features: z.record(z.string(), z.unknown()),
      output: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('What was made of the network’s values: activation, thresholds and the like.'),
      engine: z.string(),
      worker: z.string(),
      reusedFrom: z
        .string()
        .optional()
        .describe('The job that computed it, where a batch brought bytes whose result was known.'),
    }),
  })
  .meta({ id: 'Result', description: 'What a job found out; times within the recording in seconds.' });
export type JobResult = z.infer<typeof resultSchema>;

const time = z.iso.datetime();
const milliseconds = z.number();

/** A job as callers see it (plus its owner, less its links), and as the archive keeps it once finished. */
export const jobRecordSchema = z.object({
  id: z.string(),
  owner: z.string(),
  status: z.enum(jobStatuses),
  /** 1, and one more each time that it was retried. */
  run: z.number().int().min(1).default(1),
  model: z.object({ name: z.string(), version: z.string(), digest: z.string() }),
  input: z.object({
    filename: z.string().nullable(),
    contentType: z
      .string()
      .nullable()
      .describe('Null until a worker has obtained an input that was named and not sent; so are the other two.'),
    bytes: z.number().int().nullable(),
    sha256: z.string().nullable(),
  }),
  result: resultSchema.nullable(),
  error: z.object({ code: z.string(), title: z.string(), detail: z.string() }).nullable(),
  attempts: z.number().int(),
  progress: z.number().min(0).max(1),
  queuePosition: z.number().int().nullable().describe('How many jobs stand before it in its queue.'),
  estimatedStartAt: time.nullable().describe('At the present pace of the workers; null: it is not known.'),
  batch: z.string().nullable().describe('The batch that it is of.'),
  metadata: z.record(z.string(), z.unknown()),
  timings: z.object({
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    queueMs: milliseconds.nullable(),
    decodeMs: milliseconds.nullable(),
    featuresMs: milliseconds.nullable(),
    inferenceMs: milliseconds.nullable(),
    totalMs: milliseconds.nullable(),
  }),
  truncated: z.boolean().describe('Whether `result` shows less than there is at `/result`.'),
  /** Where the published result lies in the object store; everything else under the job's results is left over. */
  resultKey: z.string().nullable(),
});
export type JobRecord = z.infer<typeof jobRecordSchema>;

/**
 * @param result what `snapshot.outcome.resultKey` holds; null unless the job succeeded
 */
export function toJobRecord(snapshot: JobSnapshot, result: JobResult | null): JobRecord {
  const { payload, outcome, failure } = snapshot;
  const finished = snapshot.finishedAt !== null;
  return {
    id: snapshot.id,
    owner: payload.owner,
    status: snapshot.status,
    run: snapshot.run,
    model: payload.model,
    input: payload.input,
    result: result && toShownResult(result),
    error: failure && { code: failure.code, title: errorTitle(failure.code), detail: failure.detail },
    attempts: snapshot.attempts,
    progress: finished ? 1 : 0,
    queuePosition: snapshot.queuePosition,
    estimatedStartAt: snapshot.estimatedStartAt === null ? null : toIso(snapshot.estimatedStartAt),
    batch: payload.batch?.id ?? null,
    metadata: payload.metadata,
    timings: {
      createdAt: toIso(snapshot.createdAt),
      startedAt: snapshot.begunAt === null ? null : toIso(snapshot.begunAt),
      finishedAt: snapshot.finishedAt === null ? null : toIso(snapshot.finishedAt),
      queueMs: snapshot.begunAt === null ? null : snapshot.begunAt - snapshot.queuedAt,
      decodeMs: outcome?.decodeMs ?? null,
      featuresMs: outcome?.featuresMs ?? null,
      inferenceMs: outcome?.inferenceMs ?? null,
      totalMs: snapshot.finishedAt === null ? null : snapshot.finishedAt - snapshot.queuedAt,
    },
    truncated: result !== null && isTruncated(result),
    resultKey: outcome?.resultKey ?? null,
  };
}

/** The best scores and labels, the first segments and values. */
function toShownResult(result: JobResult): JobResult {
  const { labels, scores, windowScores, tensor, segments } = result;
  return {
    ...result,
    labels: labels && bestOf(labels),
    scores: bestOf(scores),
    windowScores: windowScores?.slice(0, shownValues),
    tensor: tensor && { ...tensor, values: tensor.values.slice(0, shownValues) },
    segments: segments.slice(0, shownSegments),
  };
}

/** In their order where all are shown. */
function bestOf(scores: JobResult['scores']): JobResult['scores'] {
  return scores.length <= shownScores ? scores : scores.toSorted((a, b) => b.score - a.score).slice(0, shownScores);
}

function isTruncated({ labels = [], scores, windowScores = [], tensor, segments }: JobResult): boolean {
  return (
    Math.max(labels.length, scores.length) > shownScores ||
    Math.max(windowScores.length, tensor?.values.length ?? 0) > shownValues ||
    segments.length > shownSegments
  );
}

function errorTitle(code: ErrorCode): string {
  return errorTable[code].title;
}

function toIso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
