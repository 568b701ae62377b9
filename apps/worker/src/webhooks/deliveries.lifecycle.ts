import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Worker } from 'bullmq';
import { webhooksQueueName, type Delivery } from '#jobs';
import { openQueueWorker, type QueueWorkerParts } from '../open-queue-worker.js';
import { Deliverer, FailedAttempt, type DelivererParts } from './deliverer.js';
import { placesInAll } from './endpoint-places.js';
import { retryDelay } from './retry-delay.js';

/** However many workers are lost while they make an attempt, it is made. */
const maxStalledCount = 1_000_000;

/** Takes deliveries, until the worker stops; an attempt that is under way then is seen to its end. */
export class DeliveriesLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: Worker<Delivery, void> | undefined;

  constructor(private readonly parts: DelivererParts & QueueWorkerParts) {}

  onApplicationBootstrap(): void {
    const { log } = this.parts;
    const deliverer = new Deliverer(this.parts);
    this.worker = openQueueWorker(this.parts, webhooksQueueName, (job, token) => deliverer.deliver(job, token), {
      concurrency: placesInAll,
      maxStalledCount,
      settings: {
        backoffStrategy: (attempt, _type, error) =>
          error instanceof FailedAttempt ? error.waitMs : retryDelay(attempt),
      },
    });
    this.worker.on('failed', (job, error) => {
      if (error instanceof FailedAttempt || error.name === 'UnrecoverableError') return;
      log.error({ deliveryId: job?.id, error: error.message }, 'delivery not attempted');
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.close();
  }
}
