import type { Redis } from 'ioredis';
import { endJob } from './end-job.js';
import { expiriesKey } from './queues.js';

/** How many are looked at in one go. */
const sweepSize = 100;

/**
 * Ends the queued jobs whose time has run out. Safe to run by many at once and to repeat: ending is atomic, and an entry
 * goes only after its job has ended, begun or left.
 *
 * @returns how many this call ended
 */
export async function sweepExpired(redis: Redis, now: number = Date.now()): Promise<number> {
  const due = await redis.zrangebyscore(expiriesKey, '-inf', now, 'LIMIT', 0, sweepSize);
  let ended = 0;
  for (const member of due) {
    const [label = '', jobId = ''] = member.split('/');
    const failure = { code: 'job_expired', detail: 'No worker began it within expiresIn; submit it again.' } as const;
    if ((await endJob(redis, { label, jobId }, failure, { queuedOnly: true, now })) === 'ended') ended += 1;
    await redis.zrem(expiriesKey, member);
  }
  return ended;
}
