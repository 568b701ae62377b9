import type { Redis } from 'ioredis';
import { endJob } from './end-job.js';
import type { JobLocation } from './job-location.js';
import { expiriesKey } from './queues.js';

/** How many are looked at in one go. */
const pageSize = 100;
/** An entry is written before its job: one whose job is not there is kept for so long, lest the job come after it. */
const missingGraceMs = 60_000;

/**
 * Ends the queued jobs whose time has run out. Safe to run by many at once and to repeat: ending is atomic, and an entry
 * goes only after its job has ended, begun or left.
 *
 * @returns how many this call ended
 */
export async function sweepExpired(redis: Redis, now: number = Date.now()): Promise<number> {
  let ended = 0;
  for (let kept = 0; ;) {
    const due = await redis.zrangebyscore(expiriesKey, '-inf', now, 'LIMIT', kept, pageSize);
    for (const member of due) {
      const [label = '', jobId = ''] = member.split('/');
      const outcome = await expireJob(redis, { label, jobId }, now);
      if (outcome === 'ended') ended += 1;
      if (outcome === 'missing' && (await isYoung(redis, member, now))) kept += 1;
      else await redis.zrem(expiriesKey, member);
    }
    if (due.length < pageSize) return ended;
  }
}

/** Ends one job whose time has run out, unless it has begun. */
export function expireJob(redis: Redis, location: JobLocation, now: number = Date.now()): ReturnType<typeof endJob> {
  const failure = { code: 'job_expired', detail: 'No worker began it within expiresIn; submit it again.' } as const;
  return endJob(redis, location, failure, { queuedOnly: true, now });
}

async function isYoung(redis: Redis, member: string, now: number): Promise<boolean> {
  return now - Number(await redis.zscore(expiriesKey, member)) < missingGraceMs;
}
