import { inferenceQueueName, redisKey } from './queues.js';

/** A job in an inference queue: its id and the queue's label. */
export interface JobLocation {
  label: string;
  jobId: string;
}

/** What comes before the names of all keys BullMQ keeps for the queue, with the colon. */
export function queueKeyBase(label: string): string {
  return redisKey(inferenceQueueName(label), '');
}

/**
 * The hash in which BullMQ keeps the job. Our own fields in it: `owner`; `begunAt`, `begunAts` and `begins` of its attempts;
 * and of one that was retried `run`, `queuedAt` and `earlierBegins`.
 */
export function jobHashKey({ label, jobId }: JobLocation): string {
  return queueKeyBase(label) + jobId;
}
