import type { Redis } from 'ioredis';
import { EarshotError } from '../errors.js';
import { redisKey, unarchivedKey } from '../queues.js';
import { quotasOf } from './owner-limits.js';

/** What each owner may have; null: any number. */
export interface QuotaLimits {
  /** Jobs that have not ended; those that have within the last second or so may count as well. */
  jobs: number | null;
  /** Bytes of inputs, uploads, results and archives that wait in the object store. */
  bytes: number | null;
}

export const noLimits: QuotaLimits = { jobs: null, bytes: null };

/** How many bytes of inputs, uploads, results and archives that wait each owner has in the object store: field `<owner>` (a hash). */
export const storedBytesKey = redisKey('stored-bytes');

/** The same, of what came and went since the last recount began (a hash). */
export const storedBytesSinceKey = redisKey('stored-bytes-since');

/**
 * Refuses what would be refused at its end in any case, before it is sent. Who is let pass may yet be refused when the job
 * is added, the only step that counts.
 *
 * @param bytes how many are about to come, as far as that is known
 * @param settings of every owner that has no limits of its own
 * @param jobs how many are about to come
 * @throws EarshotError `job_quota_exceeded` or `storage_quota_exceeded`
 */
export async function requireRoom(
  redis: Redis,
  owner: string,
  bytes: number,
  settings: QuotaLimits,
  jobs = 1,
): Promise<void> {
  const limits = await quotasOf(redis, owner, settings);
  if (limits.jobs === null && limits.bytes === null) return;
  const [unfinished, stored] = await Promise.all([
    redis.zcard(unarchivedKey(owner)),
    redis.hget(storedBytesKey, owner).then(Number),
  ]);
  if (limits.jobs !== null && unfinished + jobs > limits.jobs) throw jobQuotaExceeded(limits.jobs);
  if (limits.bytes !== null && stored + bytes > limits.bytes) throw storageQuotaExceeded(limits.bytes);
}

export function jobQuotaExceeded(jobs: number | null): EarshotError {
  const detail = `At most ${jobs} unfinished ${jobs === 1 ? 'job is' : 'jobs are'} allowed (EARSHOT_QUOTA_JOBS, or the owner’s own limit); wait for some to end, or cancel some.`;
  return new EarshotError('job_quota_exceeded', detail);
}

export function storageQuotaExceeded(bytes: number | null): EarshotError {
  const detail = `At most ${bytes} stored ${bytes === 1 ? 'byte is' : 'bytes are'} allowed (EARSHOT_QUOTA_BYTES, or the owner’s own limit); delete jobs that are not needed any more.`;
  return new EarshotError('storage_quota_exceeded', detail);
}
