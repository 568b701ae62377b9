import type { Redis } from 'ioredis';
import {
  announceBeginning,
  claim,
  forgetBegunJob,
  readBegunJobs,
  readJobSnapshot,
  toJobRecord,
  type BegunJob,
  type DeliveriesQueue,
} from '#jobs';

const pageSize = 64;

/**
 * Tells of jobs that have begun, where anybody listens. Safe to repeat, and to die half-way: a beginning is forgotten
 * last. That of a job which has left its queue meanwhile was told with its end.
 */
export async function announceBegun(parts: { redis: Redis; deliveries: DeliveriesQueue }): Promise<void> {
  for (;;) {
    const begun = await readBegunJobs(parts.redis, pageSize);
    const claimed = new Set(await claim(parts.redis, begun.map(nameOf)));
    const mine = begun.filter((job) => claimed.has(nameOf(job)));
    await Promise.all(mine.map((job) => announceOne(parts, job)));
    if (mine.length < pageSize) return;
  }
}

function nameOf({ jobId, attempts }: BegunJob): string {
  return `${jobId}/${attempts}`;
}

async function announceOne(parts: { redis: Redis; deliveries: DeliveriesQueue }, begun: BegunJob): Promise<void> {
  const snapshot = await readJobSnapshot(parts.redis, begun);
  if (snapshot !== null) {
    const { payload, label } = snapshot;
    await announceBeginning(parts, { record: toJobRecord(snapshot, null), label, own: payload.webhook }, begun);
  }
  await forgetBegunJob(parts.redis, begun);
}
