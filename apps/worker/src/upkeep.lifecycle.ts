import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  announceBatch,
  announceEnd,
  endedChannel,
  finishBatch,
  openBatchesQueue,
  openDeliveriesQueue,
  outboxChannel,
  repeat,
  type Batch,
  type BatchesQueue,
  type DeliveriesQueue,
  type ObjectStore,
  type Repetition,
} from '#jobs';
import { countFile } from './batches/count-file.js';
import { indexComputed } from './batches/index-computed.js';
import { tendBatches } from './batches/tend-batches.js';
import { announceBegun } from './notify/announce-begun.js';
import { archiveFinished, type Announcement } from './notify/archive-finished.js';
import { sweepLeftovers } from './sweep/sweep-leftovers.js';

/** The outbox is looked at this often; nothing depends on being told that there is something in it. */
const announceEveryMs = 1000;
/** Only what a process that died has left undone is found so late. */
const tendEveryMs = 5000;
/** Leftovers cost space only. */
const sweepEveryMs = 10 * 60 * 1000;

export interface UpkeepParts {
  redis: Redis;
  store: ObjectStore;
  /** How long a job must be over before what it left behind is removed. */
  sweepAgeMs: number;
  log: Logger;
}

/** The `notify` role: empties the outbox into the archive, and sweeps. */
export class UpkeepLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private repetitions: Repetition[] = [];
  private readonly subscriber: Redis;
  private readonly deliveries: DeliveriesQueue;
  private readonly batches: BatchesQueue;

  constructor(private readonly parts: UpkeepParts) {
    this.subscriber = parts.redis.duplicate();
    this.deliveries = openDeliveriesQueue(parts.redis);
    this.batches = openBatchesQueue(parts.redis);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { sweepAgeMs, log } = this.parts;
    const onError = (error: unknown): void => log.error({ error: String(error) }, 'upkeep');
    const { deliveries } = this;
    const announcing = [
      repeat(announceEveryMs, () => announceBegun({ ...this.parts, deliveries }), onError),
      repeat(announceEveryMs, () => archiveFinished({ ...this.parts, announcements: this.announcements }), onError),
    ];
    const sweep = repeat(Math.min(sweepEveryMs, sweepAgeMs), () => sweepLeftovers(this.parts, sweepAgeMs), onError);
    const tending = repeat(
      tendEveryMs,
      () => tendBatches({ ...this.parts, queue: this.batches }, this.finishBatch),
      onError,
    );
    this.repetitions = [...announcing, tending, sweep];
    this.subscriber.on('error', (error) => log.warn({ error: error.message }, 'redis'));
    this.subscriber.on('message', () => announcing.forEach((repetition) => repetition.wake()));
    await this.subscriber.subscribe(outboxChannel, endedChannel);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.repetitions.map((repetition) => repetition.stop()));
    await Promise.all([this.deliveries.close(), this.batches.close()]);
    this.subscriber.disconnect();
  }

  private readonly finishBatch = (batch: Batch): Promise<void> =>
    finishBatch(this.parts, batch, (over) =>
      announceBatch({ redis: this.parts.redis, deliveries: this.deliveries }, over),
    );

  private get announcements(): Announcement[] {
    const { redis, store } = this.parts;
    const parts = { redis, deliveries: this.deliveries };
    return [
      indexComputed(store),
      countFile(redis, this.finishBatch),
      ({ record, label, payload }) => announceEnd(parts, { record, label, own: payload.webhook }),
    ];
  }
}
