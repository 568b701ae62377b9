import type { JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { InferPayload, JobName, JobPayloads } from './payloads.js';
import { toQueuePriority } from './priority.js';
import { expiriesKey, queueLabelsKey } from './queues.js';

/** A job that could not run for a passing reason (store, network) is tried again after at most 1, 2, 4 and 8 s, and at least half of each. */
const retries: JobsOptions = { attempts: 5, backoff: { type: 'exponential', delay: 1000, jitter: 0.5 } };

/** A BullMQ queue whose jobs carry what their names promise. */
export type InferenceQueue = Queue<JobPayloads[JobName], unknown, JobName>;

/**
 * Adds a job to its queue. Adding the same id twice leaves one job.
 *
 * @param priority 0 to 9, 9 the most urgent
 */
export async function submitJob(
  redis: Redis,
  queue: InferenceQueue,
  job: { id: string; label: string; priority: number; payload: InferPayload },
): Promise<void> {
  // Before the job, so that none is ever in a queue that nobody looks into, or expires unseen.
  await redis.sadd(queueLabelsKey, job.label);
  const { expiresAt } = job.payload;
  if (expiresAt !== null) await redis.zadd(expiriesKey, expiresAt, `${job.label}/${job.id}`);
  await queue.add('infer', job.payload, {
    ...retries,
    jobId: job.id,
    priority: toQueuePriority(job.priority),
    stackTraceLimit: 0,
  });
}
