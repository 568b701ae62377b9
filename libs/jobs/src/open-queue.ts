import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { keyPrefix } from './queues.js';

/** @param redis a prompt connection: what is asked of the queue fails at once while Redis is away */
export function openQueue<Data, Result>(redis: Redis, name: string): Queue<Data, Result> {
  const queue = new Queue<Data, Result>(name, {
    connection: redis,
    prefix: keyPrefix,
    skipWaitingForReady: true,
    skipVersionCheck: true,
  });
  // The connection's errors are reported where it is made.
  queue.on('error', () => undefined);
  return queue;
}
