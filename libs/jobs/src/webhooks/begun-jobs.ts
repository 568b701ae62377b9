import type { Redis } from 'ioredis';
import type { InferPayload } from '../payloads.js';
import { redisKey } from '../queues.js';
import { listensTo } from './webhook-events.js';

/**
 * Jobs that have begun, of which somebody wants to be told: member `<label>/<job id>/<how often>/<run>`, score the
 * time in milliseconds (a sorted set). Written in the same step that marks a job as running.
 */
export const begunJobsKey = redisKey('begun-jobs');

/** A job that has begun for the n-th time, in the run of that number. */
export interface BegunJob {
  label: string;
  jobId: string;
  attempts: number;
  run: number;
}

/** Whom a job's beginning is told besides: `*`, where the webhook that was named with it listens, else its owner's webhooks. */
export function listenerOf({ owner, webhook }: Pick<InferPayload, 'owner' | 'webhook'>): string {
  return webhook && listensTo(webhook, 'job.running') ? '*' : owner;
}

/** The beginnings that are still to be told, the oldest first. */
export async function readBegunJobs(redis: Redis, limit: number): Promise<BegunJob[]> {
  const members = await redis.zrange(begunJobsKey, 0, `${limit - 1}`);
  return members.map((member) => {
    const [label = '', jobId = '', attempts = '', run = ''] = member.split('/');
    return { label, jobId, attempts: Number(attempts), run: Number(run) };
  });
}

/** The beginning has been told. */
export async function forgetBegunJob(redis: Redis, { label, jobId, attempts, run }: BegunJob): Promise<void> {
  await redis.zrem(begunJobsKey, `${label}/${jobId}/${attempts}/${run}`);
}
