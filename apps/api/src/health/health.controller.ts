import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsNoKey } from '../access/needs-scope.js';
import { Health } from './health.js';
import type { Alive, Readiness } from './health.view.js';

/** What a supervisor asks: is the process alive, and can it take jobs? */
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('livez')
  @NeedsNoKey()
  live(): Alive {
    return { status: 'alive' };
  }

  /** Who has no key with the scope `ops` is told no more than whether it is ready. */
  @Get('readyz')
  @NeedsNoKey()
  ready(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Readiness {
    const { queue, store, workers, warnings } = this.health;
    const ready = queue.ok && store.ok;
    void reply.status(ready ? 200 : 503);
    const status = ready ? 'ready' : 'unavailable';
    if (!request.caller.scopes.includes('ops')) return { status };
    return { status, checks: { redis: queue, store }, workers, warnings };
  }
}
