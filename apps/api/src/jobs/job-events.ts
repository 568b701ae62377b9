import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { connectRedis, patientRedisOptions, queueKeyBase, queueLabelsKey } from '#jobs';
import { JobWatches, type JobWatch } from './job-watches.js';

/** How long a read waits for something to happen, in milliseconds. */
const readMs = 10_000;
/** A connection on which a read is not answered is given up: Redis may have gone without a word. */
const silentMs = 15_000;
/** After a read that failed for another reason than an outage, such as the rights of its user. */
const pauseMs = 1000;
/** Far more than come in the time of a read; a queue that is new to an API may have 10,000. */
const mostEvents = 1000;
/** Of BullMQ's events, and ours in the same stream: a job has begun. */
const changes: readonly (string | undefined)[] = ['waiting', 'delayed', 'begun', 'completed', 'failed'];

/** A connection of its own, as its reads block; resolved once it is known from where on it reads. */
interface Listener {
  redis: Redis;
  begun: Promise<void>;
}

/**
 * Says of which jobs it is time to look again, from the streams of events of their queues. One connection for each queue,
 * however many wait; only a hint: what happened before the listening began is missed.
 */
export class JobEvents {
  private readonly watches = new JobWatches();
  private readonly listeners = new Map<string, Listener>();
  private readonly closing = new AbortController();

  /**
   * @param redis tells which queues there are, and where their events stand
   * @param address of the same Redis
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

  close(): void {
    this.closing.abort();
    for (const { redis } of this.listeners.values()) redis.disconnect();
  }

  private async listenTo(label: string): Promise<void> {
    const listener = this.listeners.get(label) ?? this.open(`${queueKeyBase(label)}events`);
    this.listeners.set(label, listener);
    await listener.begun;
  }

  private open(stream: string): Listener {
    const options = { ...patientRedisOptions(this.address), socketTimeout: silentMs };
    // An outage is reported by the connection that requests use.
    const redis = connectRedis(options, () => undefined);
    const begun = this.lastEventId(stream).then((last) => void this.read(redis, stream, last));
    return { redis, begun };
  }

  /** Where the stream stands now: what is added while the listener still connects is then read as well. */
  private async lastEventId(stream: string): Promise<string> {
    // A hint too many harms nobody.
    const [last] = await this.redis.xrevrange(stream, '+', '-', 'COUNT', 1).catch(() => []);
    return last?.[0] ?? '0-0';
  }

  /** Goes on until it is closed: ioredis repeats a read that an outage broke off, from the same place. */
  private async read(redis: Redis, stream: string, after: string): Promise<void> {
    const { signal } = this.closing;
    for (let last = after; !signal.aborted;) {
      try {
        const read = await redis.xread('COUNT', mostEvents, 'BLOCK', readMs, 'STREAMS', stream, last);
        for (const [id, fields] of read?.[0]?.[1] ?? []) {
          last = id;
          this.hear(fields);
        }
      } catch {
        await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private hear(fields: readonly string[]): void {
    const { event, jobId } = toRecord(fields);
    if (changes.includes(event) && jobId !== undefined) this.watches.tell(jobId);
  }
}

/** Of names and values by turns. */
function toRecord(fields: readonly string[]): Partial<Record<string, string>> {
  return Object.fromEntries(fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1]]] : [])));
}
