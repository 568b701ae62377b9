import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { repeat, type ObjectStore, type Repetition } from '#jobs';
import { archiveFinished } from './notify/archive-finished.js';
import { sweepLeftovers } from './sweep/sweep-leftovers.js';

/** The outbox is looked at this often; nothing depends on being told that a job has finished. */
const archiveEveryMs = 1000;
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

  constructor(private readonly parts: UpkeepParts) {}

  onApplicationBootstrap(): void {
    const { sweepAgeMs, log } = this.parts;
    const onError = (error: unknown): void => log.error({ error: String(error) }, 'upkeep');
    this.repetitions = [
      repeat(archiveEveryMs, () => archiveFinished({ ...this.parts, announcements: [] }), onError),
      repeat(Math.min(sweepEveryMs, sweepAgeMs), () => sweepLeftovers(this.parts, sweepAgeMs), onError),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.repetitions.map((repetition) => repetition.stop()));
  }
}
