import type { Redis } from 'ioredis';
import { deletedJobsKey, deleteJobObjects, type ObjectStore } from '#jobs';

/** How many are looked at in one go. */
const pageSize = 100;

/**
 * Removes what is there of jobs that were deleted before the given time: what the deletion left when it was cut short, and
 * what an archiver or a late attempt has written since. Then they are forgotten. Safe to repeat and to run by many.
 *
 * @returns how many objects were removed
 */
export async function sweepDeleted(redis: Redis, store: ObjectStore, before: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const due = await redis.zrangebyscore(deletedJobsKey, '-inf', before, 'LIMIT', 0, pageSize);
    for (const member of due) {
      const [owner = '', jobId = ''] = member.split('/');
      removed += (await deleteJobObjects(store, owner, jobId)).objects;
      await redis.zrem(deletedJobsKey, member);
    }
    if (due.length < pageSize) return removed;
  }
}
