import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isFinished } from '#jobs';
import { Owner } from '../access/caller.js';
import { sendEvents } from '../server/event-stream.js';
import { JobFollower } from './follow-job.js';
import { eventsOf, isAfter } from './job-progress.js';
import { JobsService } from './jobs.service.js';
import { whenGone } from './when-gone.js';

/** What happens to one job, as it happens. */
@Controller('jobs/:id/events')
export class JobEventsController {
  constructor(
    private readonly jobs: JobsService,
    private readonly follower: JobFollower,
  ) {}

  @Get()
  async follow(
    @Owner() owner: string,
    @Param('id') id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const look = () => this.jobs.require(owner, id);
    const job = await look();
    const following = { jobId: job.id, lastEventId: lastEventId ?? '', gone: whenGone(reply) };
    const isNew = eventsOf(job).some((event) => isAfter(event.id, following.lastEventId));
    // Browsers come back after the end; by 204 they are told not to.
    if (isFinished(job) && !isNew) await reply.status(204).send();
    else sendEvents(reply, this.follower.follow(following, look));
  }
}
