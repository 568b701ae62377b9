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

/** The hash in which BullMQ keeps the job; our own fields in it are `begunAt`, `begunAts` and `begins`. */
export function jobHashKey({ label, jobId }: JobLocation): string {
  return queueKeyBase(label) + jobId;
}
