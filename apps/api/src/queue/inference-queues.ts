import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { inferenceQueueName, keyPrefix, type InferenceQueue } from '#jobs';

/** The queues to add to, one for each label, made when a label is first met. All share one connection. */
export class InferenceQueues {
  private readonly queues = new Map<string, InferenceQueue>();

  constructor(private readonly redis: Redis) {}

  of(label: string): InferenceQueue {
    const queue = this.queues.get(label) ?? this.open(label);
    this.queues.set(label, queue);
    return queue;
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  private open(label: string): InferenceQueue {
    const queue: InferenceQueue = new Queue(inferenceQueueName(label), {
      connection: this.redis,
      prefix: keyPrefix,
      // A queue that is made during an outage would otherwise wait for its end, or be broken for good.
      skipWaitingForReady: true,
      skipVersionCheck: true,
    });
    // The connection's errors are reported where it is made.
    queue.on('error', () => undefined);
    return queue;
  }
}
