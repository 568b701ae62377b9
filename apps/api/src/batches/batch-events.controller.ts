import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Owner } from '../access/caller.js';
import { whenGone } from '../jobs/when-gone.js';
import { sendEvents } from '../server/event-stream.js';
import { BatchesService } from './batches.service.js';
import { BatchFollower, eventOf } from './follow-batch.js';

/** How one batch goes on, as it does. */
@Controller('batches/:id/events')
export class BatchEventsController {
  constructor(
    private readonly batches: BatchesService,
    private readonly follower: BatchFollower,
  ) {}

  @Get()
  async follow(
    @Owner() owner: string,
    @Param('id') id: string,
    @Headers('last-event-id') lastEventId = '',
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const batch = await this.batches.view(owner, id);
    // Browsers come back after the end; by 204 they are told not to.
    if (batch.finishedAt !== null && eventOf(batch).id === lastEventId) await reply.status(204).send();
    else sendEvents(reply, this.follower.follow(owner, batch, { lastEventId, gone: whenGone(reply) }));
  }
}
