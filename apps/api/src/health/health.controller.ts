import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ServingWorker } from '#jobs';
import { Health, type PartHealth } from './health.js';

/** What a supervisor asks: is the process alive, and can it take jobs? */
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('livez')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('readyz')
  ready(@Res({ passthrough: true }) reply: FastifyReply): Readiness {
    const { queue, store, workers, warnings } = this.health;
    const ready = queue.ok && store.ok;
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'unavailable', checks: { redis: queue, store }, workers, warnings };
  }
}

interface Readiness {
  status: 'ready' | 'unavailable';
  checks: { redis: PartHealth; store: PartHealth };
  /** Those that take jobs, with the engine and the device that answer; none are known while Redis is away. */
  workers: readonly ServingWorker[];
  /** What does not keep it from working, but endangers accepted jobs. */
  warnings: readonly string[];
}
