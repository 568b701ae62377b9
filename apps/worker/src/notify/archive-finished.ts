import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  archiveJob,
  inferenceQueueName,
  keyPrefix,
  queueKeyBase,
  queueLabelsKey,
  readJobSnapshot,
  toFullRecord,
  type ObjectStore,
} from '#jobs';

/** Jobs looked at in one go. */
const pageSize = 64;

export interface OutboxParts {
  redis: Redis;
  store: ObjectStore;
  log: Logger;
}

/**
 * Empties the outbox: BullMQ's completed and failed sets hold every job that has ended, until its record is archived.
 * Each step is idempotent and the job leaves last, so that dying in between, or running twice, loses and doubles
 * nothing. A job that cannot be archived stays, is logged, and is tried again with the next sweep.
 *
 * @returns how many jobs left
 */
export async function archiveFinished(parts: OutboxParts): Promise<number> {
  const labels = await parts.redis.smembers(queueLabelsKey);
  const counts = await Promise.all(labels.map((label) => archiveQueue(parts, label)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function archiveQueue(parts: OutboxParts, label: string): Promise<number> {
  const queue = new Queue(inferenceQueueName(label), {
    connection: parts.redis,
    prefix: keyPrefix,
    skipMetasUpdate: true,
  });
  try {
    let archived = 0;
    for (const set of ['completed', 'failed']) archived += await archiveSet(parts, label, set, queue);
    return archived;
  } finally {
    await queue.close();
  }
}

async function archiveSet(parts: OutboxParts, label: string, set: string, queue: Queue): Promise<number> {
  let archived = 0;
  for (let stuck = 0; ;) {
    const ids = await parts.redis.zrange(queueKeyBase(label) + set, stuck, stuck + pageSize - 1);
    const done = await Promise.all(ids.map((jobId) => archiveOne(parts, label, jobId, queue)));
    archived += done.filter(Boolean).length;
    stuck += done.filter((left) => !left).length;
    if (ids.length < pageSize) return archived;
  }
}

async function archiveOne(
  { redis, store, log }: OutboxParts,
  label: string,
  jobId: string,
  queue: Queue,
): Promise<boolean> {
  try {
    const snapshot = await readJobSnapshot(redis, { label, jobId });
    if (snapshot === null) return true;
    await archiveJob({ redis, store }, await toFullRecord(store, snapshot));
    await queue.remove(jobId);
    return true;
  } catch (error) {
    log.error({ jobId, error: error instanceof Error ? error.message : String(error) }, 'job not archived');
    return false;
  }
}
