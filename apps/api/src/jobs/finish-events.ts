import { EventEmitter, once } from 'node:events';
import { QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';
import { inferenceQueueName, keyPrefix, patientRedisOptions } from '#jobs';

const closeMs = 1000;

/**
 * Says which jobs have just ended, from BullMQ's events. Only a hint that it is time to look: the events of an outage
 * and of the moment before the listening began are missed.
 */
export class FinishEvents {
  private readonly ended = new EventEmitter().setMaxListeners(0);
  private readonly listeners = new Map<string, QueueEvents>();
  /** Never connects: each listener duplicates it, since a blocking read needs a connection of its own. */
  private readonly template: Redis;

  constructor(address: string) {
    this.template = new Redis({ ...patientRedisOptions(address), lazyConnect: true });
  }

  /** Begins to listen to a label's queue, if nobody does yet. */
  listenTo(label: string): void {
    if (this.listeners.has(label)) return;
    const events = new QueueEvents(inferenceQueueName(label), { connection: this.template, prefix: keyPrefix });
    events.on('completed', ({ jobId }) => this.ended.emit(jobId));
    events.on('failed', ({ jobId }) => this.ended.emit(jobId));
    // An outage is reported by the connection that requests use.
    events.on('error', () => undefined);
    this.listeners.set(label, events);
  }

  /** Resolves when the job is said to have ended; rejects when `signal` is aborted. */
  async next(jobId: string, signal: AbortSignal): Promise<void> {
    await once(this.ended, jobId, { signal });
  }

  async close(): Promise<void> {
    this.template.disconnect();
    // A connection that is being made in vain does not end when asked to.
    const given = new Promise((resolve) => setTimeout(resolve, closeMs).unref());
    await Promise.race([Promise.all([...this.listeners.values()].map((events) => events.close())), given]);
  }
}
