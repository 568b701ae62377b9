import type { BullRegistrar, WorkerHost } from '@nestjs/bullmq';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  announcePace,
  announceWorker,
  endedChannel,
  repeat,
  servingWorkerMs,
  withdrawPace,
  withdrawWorker,
  type Repetition,
  type ServingWorker,
} from '#jobs';
import type { ComputePool } from '../compute/compute-pool.js';
import type { ModelsProcessor } from '../registration/models.processor.js';
import { removeStaleFolders } from '../registration/temporary-folder.js';
import type { Obtaining } from '../inputs/obtaining.js';
import type { Dispatcher } from './dispatcher.js';
import { OutboxBell } from '../notify/outbox-bell.js';
import type { InferenceProcessor } from './inference.processor.js';
import type { WorkSpeed } from './work-speed.js';

export interface InferenceParts {
  processors: readonly InferenceProcessor[];
  models: ModelsProcessor;
  registrar: BullRegistrar;
  obtaining: Obtaining;
  dispatcher: Dispatcher;
  pool: ComputePool;
  speed: WorkSpeed;
  /** What it says of itself to others; the engine is known once the pool is open. */
  worker: Omit<ServingWorker, 'engine'>;
  redis: Redis;
  log: Logger;
}

/** Starts the taking of jobs, and ends it so that what runs is finished and what waits goes back to its queue. */
export class InferenceLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly subscriber: Redis;
  private readonly bell: OutboxBell;
  private announcing: Repetition | undefined;

  constructor(private readonly parts: InferenceParts) {
    this.subscriber = parts.redis.duplicate();
    this.bell = new OutboxBell(parts.redis);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { dispatcher, pool, registrar, log } = this.parts;
    this.subscriber.on('error', (error) => log.warn({ error: error.message }, 'redis'));
    this.subscriber.on('message', (_channel, jobId) => this.takeAway([jobId]));
    await this.subscriber.subscribe(endedChannel);
    await pool.open(() => dispatcher.feed());
    registrar.register();
    for (const { label, worker } of this.parts.processors) this.watch(label, worker);
    this.report(this.parts.models.worker);
    this.announce();
    // Jobs need no such folder: a worker without one still serves.
    await removeStaleFolders().catch((error) => log.warn({ error: String(error) }, 'TMPDIR cannot be read'));
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { processors, models, obtaining, dispatcher, pool } = this.parts;
    const withdrawn = this.withdraw();
    // Closing comes first, so that what is handed back is not fetched again.
    const closed = [...processors, models].map(({ worker }) => worker.close());
    obtaining.stop();
    dispatcher.stop();
    await Promise.all(closed);
    await pool.close();
    await withdrawn;
    this.subscriber.disconnect();
  }

  private announce(): void {
    const { redis, log } = this.parts;
    this.announcing = repeat(
      servingWorkerMs / 3,
      () => Promise.all([announceWorker(redis, this.worker), this.announcePace()]),
      (error) => log.warn({ error: String(error) }, 'not announced'),
    );
  }

  private async announcePace(): Promise<void> {
    const { redis, speed, worker } = this.parts;
    const { jobsPerSecond } = speed;
    if (jobsPerSecond === null) return;
    await Promise.all(worker.queues.map((label) => announcePace(redis, label, { id: worker.id, jobsPerSecond })));
  }

  /** Without Redis it is forgotten by itself. */
  private async withdraw(): Promise<void> {
    await this.announcing?.stop();
    const { redis, worker } = this.parts;
    const paces = worker.queues.map((label) => withdrawPace(redis, label, worker.id));
    await Promise.all([withdrawWorker(redis, this.worker), ...paces]).catch(() => undefined);
  }

  private get worker(): ServingWorker {
    return { ...this.parts.worker, engine: this.parts.pool.engine };
  }

  private takeAway(jobIds: readonly string[]): void {
    this.parts.obtaining.takeAway(jobIds);
    this.parts.dispatcher.takeAway(jobIds);
  }

  private watch(label: string, worker: InferenceProcessor['worker']): void {
    const { speed, obtaining } = this.parts;
    const adjust = (): void => void (worker.concurrency = speed.fetchLimit + obtaining.count(label));
    const onEnd = (): void => {
      adjust();
      this.bell.ring();
    };
    obtaining.onChange(adjust);
    worker.on('completed', onEnd);
    worker.on('failed', onEnd);
    // The lock is somebody else's, or the job was ended: a late attempt could publish nothing, so it is not finished.
    worker.on('lockRenewalFailed', (jobIds) => this.takeAway(jobIds));
    this.report(worker);
  }

  private report(worker: WorkerHost['worker']): void {
    worker.on('error', ({ message }) => this.parts.log.warn({ queue: worker.name, error: message }, 'queue worker'));
  }
}
