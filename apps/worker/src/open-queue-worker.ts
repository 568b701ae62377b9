import { Worker, type Processor, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { keyPrefix } from '#jobs';

export interface QueueWorkerParts {
  redis: Redis;
  /** Milliseconds after which the job of a worker that is lost is taken by another. */
  lockMs: number;
  log: Logger;
}

/** Takes the jobs of a queue, from now on until it is closed. */
export function openQueueWorker<Data>(
  { redis, lockMs, log }: QueueWorkerParts,
  queue: string,
  process: Processor<Data, void>,
  options: Pick<WorkerOptions, 'concurrency' | 'maxStalledCount' | 'settings'>,
): Worker<Data, void> {
  const worker = new Worker<Data, void>(queue, process, {
    connection: redis,
    prefix: keyPrefix,
    lockDuration: lockMs,
    stalledInterval: lockMs / 2,
    runRetryDelay: 1000,
    ...options,
  });
  worker.on('error', ({ message }) => log.warn({ queue, error: message }, 'queue worker'));
  return worker;
}
