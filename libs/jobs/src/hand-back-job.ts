import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { queueKeyBase } from './job-location.js';

/** The entry of BullMQ's marker set that wakes a waiting worker. */
const wakeUp = '0';

/**
 * Puts a fetched job that has not begun back where it waited. BullMQ's own call wakes nobody for a job with a priority:
 * an idle worker would look again only after some seconds.
 */
export async function handBackJob(redis: Redis, label: string, job: Job, lockToken: string): Promise<void> {
  await job.moveToWait(lockToken);
  await redis.zadd(`${queueKeyBase(label)}marker`, 0, wakeUp);
}
