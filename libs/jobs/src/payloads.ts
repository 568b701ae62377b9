import { z } from 'zod';
import { queueLabelPattern } from './queues.js';
import { ownWebhookSchema } from './webhooks/webhook-events.js';

/** What is known of the bytes; null is what is not known until a worker has obtained them. */
const inputSchema = z.object({
  filename: z.string().nullable(),
  contentType: z.string().nullable(),
  bytes: z.number().int().nonnegative().nullable(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});

/** What a worker has to do before it computes: get the bytes from a URL, or, where that is null, look at what is stored. */
const sourceSchema = z.object({
  url: z.string().nullable(),
  /** What the model takes; the bytes must be of it. */
  kind: z.enum(['audio', 'image']),
});

/** One recording (or image) to be predicted. Its bytes lie at `inputs/<owner>/<job id>`; a payload holds no big array. */
export const inferSchema = z.object({
  owner: z.string().regex(/^[a-z0-9-]+$/),
  model: z.object({ name: z.string(), version: z.string(), digest: z.string() }),
  /** The most inputs that the model predicts at once. */
  groupLimit: z.number().int().positive(),
  input: inputSchema,
  /** Not null as long as the input has not been obtained. */
  source: sourceSchema.nullish(),
  metadata: z.record(z.string(), z.unknown()),
  /** Milliseconds the job may run, once begun. */
  timeoutMs: z.number().int().positive(),
  /** When the job must have begun, in milliseconds since 1970; null: whenever. */
  expiresAt: z.number().int().nullable(),
  /** Of a file of a batch: the batch, and the path under which it was sent. */
  batch: z.object({ id: z.string(), path: z.string(), reuse: z.boolean() }).nullish(),
  /** Who is told of it, besides the owner's webhooks. */
  webhook: ownWebhookSchema.nullish(),
  /** The request that brought it, for the logs. */
  requestId: z.string(),
});

const schemas = { infer: inferSchema };

/** What each job carries, by the job's name: a wrong payload does not compile, and does not get past {@link parsePayload}. */
export type JobPayloads = { [Name in keyof typeof schemas]: z.infer<(typeof schemas)[Name]> };
export type JobName = keyof JobPayloads;
export type InferPayload = JobPayloads['infer'];

/** A job whose bytes are stored, and known to be what its model takes. */
export type ReadyPayload = InferPayload & { input: { contentType: string; bytes: number; sha256: string } };

/** False for a job whose input has yet to be obtained. */
export function isReady(payload: InferPayload): payload is ReadyPayload {
  const { contentType, bytes, sha256 } = payload.input;
  return !payload.source && contentType !== null && bytes !== null && sha256 !== null;
}

/** @throws ZodError naming the fields of `data`, as it came out of Redis, that are not what the job's name promises */
export function parsePayload<Name extends JobName>(name: Name, data: unknown): JobPayloads[Name] {
  return schemas[name].parse(data);
}

/** What a finished attempt leaves in Redis: where its result lies, and how long each stage took. */
export const outcomeSchema = z.object({
  resultKey: z.string(),
  decodeMs: z.number(),
  featuresMs: z.number(),
  inferenceMs: z.number(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** @throws ZodError when `text` is no queue label */
export const queueLabelSchema = z.string().max(40).regex(queueLabelPattern);
