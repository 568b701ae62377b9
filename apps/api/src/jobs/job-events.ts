import { QueueEvents, type QueueEventsListener } from 'bullmq';
import type { Redis } from 'ioredis';
import { inferenceQueueName, keyPrefix, patientRedisOptions, queueKeyBase, queueLabelsKey } from '#jobs';
import { JobWatches, type JobWatch } from './job-watches.js';

const closeMs = 1000;

/** BullMQ's events, and ours in the same stream: a job has begun. */
interface Listener extends QueueEventsListener {
  begun: (args: { jobId: string }, id: string) => void;
}
const changes = ['waiting', 'delayed', 'begun', 'completed', 'failed'] as const;

/**
 * Says of which jobs it is time to look again, from the events of their queues. One connection for each queue, however
 * many wait; only a hint: the events of an outage, and of the time before the listening began, are missed.
 */
export class JobEvents {
  private readonly watches = new JobWatches();
  private readonly listeners = new Map<string, Promise<QueueEvents>>();

  /**
   * @param redis tells which queues there are, and where their events stand
   * @param address of the same Redis: a listener reads blocking, so each has a connection of its own
   */
  constructor(
    private readonly redis: Redis,
    private readonly address: string,
  ) {}

  /** Listens to all queues that there are; what happens in them once this has resolved is heard. */
  async listen(): Promise<void> {
    // Without Redis there is nothing to be heard, and all else of the request says so.
    const labels = await this.redis.smembers(queueLabelsKey).catch(() => []);
    await Promise.all(labels.map((label) => this.listenTo(label)));
  }

  watch(jobId: string): JobWatch {
    return this.watches.watch(jobId);
  }

  async close(): Promise<void> {
    const closing = [...this.listeners.values()].map(async (listener) => (await listener).close());
    // A connection that is being made in vain does not end when asked to.
    const given = new Promise((resolve) => setTimeout(resolve, closeMs).unref());
    await Promise.race([Promise.allSettled(closing), given]);
  }

  private async listenTo(label: string): Promise<void> {
    const listener = this.listeners.get(label) ?? this.open(label);
    this.listeners.set(label, listener);
    await listener;
  }

  private async open(label: string): Promise<QueueEvents> {
    const events = new QueueEvents(inferenceQueueName(label), {
      // Options and not a client: a client's copy that connects only when asked to gives up when Redis goes away meanwhile.
      connection: patientRedisOptions(this.address),
      prefix: keyPrefix,
      lastEventId: await this.lastEventId(label),
    });
    for (const change of changes)
      events.on<Listener>(change, ({ jobId }: { jobId: string }) => this.watches.tell(jobId));
    // An outage is reported by the connection that requests use.
    events.on('error', () => undefined);
    return events;
  }

  /** Where the stream stands now: what is added while the listener still connects is then read as well. */
  private async lastEventId(label: string): Promise<string> {
    try {
      const [last] = await this.redis.xrevrange(`${queueKeyBase(label)}events`, '+', '-', 'COUNT', 1);
      return last?.[0] ?? '0-0';
    } catch {
      return '$';
    }
  }
}
