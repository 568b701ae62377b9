import type { Redis } from 'ioredis';
import { z } from 'zod';
import { EarshotError } from '../errors.js';
import { newUlid } from '../ids.js';
import { luaScript } from '../lua-script.js';
import { storedBytesKey, storedBytesSinceKey } from '../quotas/quota-limits.js';
import { countBytesLua } from '../quotas/stored-bytes.js';
import { ownWebhookSchema } from '../webhooks/webhook-events.js';
import { batchKeys, unfinishedBatchesKey, unfinishedBatchesOf } from './batch-keys.js';
import { fileErrorSchema } from './file-error.js';

const batchIdPattern = /^batch_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

const optionsSchema = z.object({
  owner: z.string(),
  /** Settled when the batch is opened: all of its files are predicted by one version. */
  model: z.object({ name: z.string(), version: z.string(), digest: z.string() }),
  /** The most inputs that the model predicts at once. */
  groupLimit: z.number().int(),
  /** What the model takes. */
  kind: z.enum(['audio', 'image']),
  /** Of the queue that its jobs are in. */
  label: z.string(),
  /** Whether a file whose bytes this owner has had predicted by this model takes that result. */
  reuse: z.boolean(),
  /** 0 to 9, 9 the most urgent. */
  priority: z.number().int(),
  /** Milliseconds a job may run. */
  timeoutMs: z.number().int(),
  metadata: z.record(z.string(), z.unknown()),
  /** Who is told of it, besides the owner's webhooks. */
  webhook: ownWebhookSchema.nullish(),
  /** Milliseconds without a new file after which it closes by itself. */
  idleMs: z.number().int().nullish(),
  /** What it was opened with, where that is an archive: its object, and whether the batch closes once that is unpacked. */
  archive: z.object({ key: z.string(), format: z.string(), bytes: z.number().int(), closes: z.boolean() }).nullish(),
});

/** What a batch is opened with; nothing of it changes. */
export type BatchOptions = z.infer<typeof optionsSchema>;

/** How a file of a batch can end. */
export const fileEnds = ['succeeded', 'failed', 'canceled', 'expired'] as const;
export type FileEnd = (typeof fileEnds)[number];

/** How far the archive of a batch has been unpacked. */
const unpackingSchema = z.object({
  /** `refused`: by `error`. `canceled`: with its batch. */
  state: z.enum(['running', 'done', 'refused', 'canceled']),
  /** How many entries are done, folders and what is passed over among them. */
  entries: z.number(),
  error: fileErrorSchema.nullable(),
});
export type Unpacking = z.infer<typeof unpackingSchema>;

const time = z.number();

export const batchSchema = optionsSchema.extend({
  id: z.string(),
  createdAt: time,
  closedAt: time.nullable(),
  canceledAt: time.nullable(),
  /** When its last file ended, once no more could come. */
  finishedAt: time.nullable(),
  /** When its last file came. */
  touchedAt: time.nullish(),
  /** Null for one that was opened without an archive. */
  unpacking: unpackingSchema.nullish(),
  /** How often it was over: again each time that files of it were run again. */
  finishes: z.number(),
  total: z.number(),
  ended: z.record(z.enum(fileEnds), z.number()),
});

/** A batch as Redis holds it at one instant, or the archive for good. Times are in milliseconds since 1970. */
export type Batch = z.infer<typeof batchSchema>;

export function newBatchId(now: number = Date.now()): string {
  return `batch_${newUlid(now)}`;
}

/** True when `text` has the form of a batch id; says nothing about whether the batch exists. */
export function isBatchId(text: string): boolean {
  return batchIdPattern.test(text);
}

/** How many batches an owner may have that are not over: each is looked at again and again, whatever is in it. */
export const mostUnfinishedBatches = 1000;

const openScript = luaScript(`${countBytesLua}
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
if redis.call('SCARD', KEYS[3]) >= ${mostUnfinishedBatches} then return -1 end
redis.call('HSET', KEYS[1], 'options', ARGV[2])
redis.call('HSET', KEYS[1], 'createdAt', ARGV[3])
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[1], 'unpacking', 'running', 'entries', 0)
  countBytes(KEYS[4], KEYS[5], ARGV[5], ARGV[4])
end
redis.call('SADD', KEYS[2], ARGV[1])
redis.call('SADD', KEYS[3], ARGV[1])
return 1`);

/**
 * Opens a batch. Opening it twice leaves one, as it was opened first. Its archive counts as stored from now on.
 *
 * @throws EarshotError `job_quota_exceeded` when the owner has as many unfinished ones as may be
 */
export async function openBatch(
  redis: Redis,
  id: string,
  options: BatchOptions,
  now: number = Date.now(),
): Promise<void> {
  const args = [id, JSON.stringify(options), now, options.archive?.bytes ?? '', options.owner];
  const owners = unfinishedBatchesOf(options.owner);
  const keys = [batchKeys(id).batch, unfinishedBatchesKey, owners, storedBytesKey, storedBytesSinceKey];
  if ((await openScript(redis, keys, args)) === -1) throw tooManyBatches();
}

function tooManyBatches(): EarshotError {
  const detail = `${mostUnfinishedBatches} unfinished batches are allowed; close or cancel some, or wait for some to finish.`;
  return new EarshotError('job_quota_exceeded', detail);
}

/** The batch, or null when this owner has none of that id. */
export async function readBatch(redis: Redis, owner: string, id: string): Promise<Batch | null> {
  const batch = isBatchId(id) ? await findBatch(redis, id) : null;
  return batch?.owner === owner ? batch : null;
}

/** The batch, whoever's it is. */
export async function findBatch(redis: Redis, id: string): Promise<Batch | null> {
  const fields = await redis.hgetall(batchKeys(id).batch);
  if (fields['options'] === undefined) return null;
  const number = (name: string) => Number(fields[name] ?? 0);
  const time = (name: string) => (fields[name] === undefined ? null : Number(fields[name]));
  return {
    ...optionsSchema.parse(JSON.parse(fields['options'])),
    id,
    createdAt: number('createdAt'),
    closedAt: time('closedAt'),
    canceledAt: time('canceledAt'),
    finishedAt: time('finishedAt'),
    touchedAt: time('touchedAt'),
    unpacking: toUnpacking(fields),
    finishes: number('finishes'),
    total: number('total'),
    ended: {
      succeeded: number('succeeded'),
      failed: number('failed'),
      canceled: number('canceled'),
      expired: number('expired'),
    },
  };
}

function toUnpacking({ unpacking, entries, unpackingError }: Record<string, string>): Unpacking | null {
  if (unpacking === undefined) return null;
  const error: unknown = unpackingError === undefined ? null : JSON.parse(unpackingError);
  return unpackingSchema.parse({ state: unpacking, entries: Number(entries ?? 0), error });
}
