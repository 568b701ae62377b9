import type { Redis } from 'ioredis';
import { z } from 'zod';
import { enqueueLua, jobOptionsJson } from './enqueue.js';
import { queueKeyBase } from './job-location.js';
import { listingKey } from './ids.js';
import { luaScript } from './lua-script.js';
import { paceLua, startEstimate } from './pace.js';
import type { InferPayload } from './payloads.js';
import { firstOfBand } from './priority.js';
import { backlogKey, deletedJobsKey, expiriesKey, paceKey, queueLabelsKey, unarchivedKey } from './queues.js';
import {
  jobQuotaExceeded,
  noLimits,
  storageQuotaExceeded,
  storedBytesKey,
  storedBytesSinceKey,
  type QuotaLimits,
} from './quotas/quota-limits.js';
import { quotasOf } from './quotas/owner-limits.js';
import { countBytesLua } from './quotas/stored-bytes.js';

/** A job as it is added to its queue. */
export interface NewJobEntry {
  id: string;
  label: string;
  /** 0 to 9, 9 the most urgent. */
  priority: number;
  payload: InferPayload;
}

/** Where a job stands when it has just been added; times in milliseconds since 1970. */
export interface QueuePlace {
  createdAt: number;
  queuedAt: number;
  /** How many jobs stand before it in its queue. */
  queuePosition: number;
  /** Null: the pace of the workers is not known. */
  estimatedStartAt: number | null;
}

const script = luaScript(`${enqueueLua}${countBytesLua}${paceLua}
local base, backlog, labels, expiries, unarchived, deleted, stored, since, pace = unpack(KEYS)
local id, label, owner, member, first, expiresAt, data, options, now, bytes, mostJobs, mostBytes = unpack(ARGV)
if redis.call('EXISTS', base .. id) == 1 or redis.call('ZSCORE', deleted, owner .. '/' .. id) then return 'known' end
if mostJobs ~= '' and redis.call('ZCARD', unarchived) >= tonumber(mostJobs) then return 'too many jobs' end
local stores = tonumber(redis.call('HGET', stored, owner) or 0) + tonumber(bytes)
if mostBytes ~= '' and stores > tonumber(mostBytes) then return 'too many bytes' end
countBytes(stored, since, owner, bytes)
redis.call('SADD', labels, label)
if expiresAt ~= '' then redis.call('ZADD', expiries, expiresAt, label .. '/' .. id) end
redis.call('ZADD', unarchived, 0, member)
enqueue(base, backlog, id, tonumber(first), owner, data, options, now)
local position = redis.call('LLEN', base .. 'wait') + redis.call('ZRANK', base .. 'prioritized', id)
return {position, redis.call('LLEN', base .. 'active'), tostring(paceOf(pace))}`);

const placeSchema = z.tuple([z.number(), z.number(), z.coerce.number()]);

/**
 * Adds a job to its queue, and to the indexes of its owner. Atomic; adding the same id twice leaves one job.
 *
 * @param settings of every owner that has no limits of its own; however many are added at once, none is exceeded. Without
 *   it, nothing is limited
 * @returns null when the job was there before, and may be anywhere by now
 * @throws EarshotError `job_quota_exceeded` or `storage_quota_exceeded`: then there is no such job, for certain
 */
export async function submitJob(redis: Redis, job: NewJobEntry, settings?: QuotaLimits): Promise<QueuePlace | null> {
  const { id, label, priority, payload } = job;
  const { owner, expiresAt } = payload;
  const limits = settings ? await quotasOf(redis, owner, settings) : noLimits;
  const indexes = [queueLabelsKey, expiriesKey, unarchivedKey(owner), deletedJobsKey];
  const keys = [...indexes, storedBytesKey, storedBytesSinceKey, paceKey(label)];
  const place = [id, label, owner, unarchivedMember({ label, jobId: id }), firstOfBand(priority), expiresAt ?? ''];
  const quota = [payload.input.bytes ?? 0, limits.jobs ?? '', limits.bytes ?? ''];
  const now = Date.now();
  const outcome = await script(
    redis,
    [queueKeyBase(label), backlogKey(label), ...keys],
    [...place, JSON.stringify(payload), jobOptionsJson, now, ...quota],
  );
  if (outcome === 'too many jobs') throw jobQuotaExceeded(limits.jobs);
  if (outcome === 'too many bytes') throw storageQuotaExceeded(limits.bytes);
  if (outcome === 'known') return null;
  const [queuePosition, running, jobsPerSecond] = placeSchema.parse(outcome);
  const estimatedStartAt = startEstimate(queuePosition + running, jobsPerSecond);
  return { createdAt: now, queuedAt: now, queuePosition, estimatedStartAt };
}

/** The job in its owner's index: sorts as the archive lists. */
export function unarchivedMember({ label, jobId }: { label: string; jobId: string }): string {
  return `${listingKey(jobId)}/${label}`;
}
