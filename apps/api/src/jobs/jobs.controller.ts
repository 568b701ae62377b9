import { Controller, Delete, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isFinished, jobPath, toJobView, type JobView } from '#jobs';
import { Owner } from '../access/caller.js';
import { etagOf, isKnownTo } from './etag.js';
import { toAttachment } from './filename.js';
import { JobsService } from './jobs.service.js';
import { PollSlots } from './poll-slots.js';
import { sendBytes } from './send-bytes.js';
import { retryAfterSeconds } from './retry-after.js';

/** One job: its state, its end, its bytes. */
@Controller('jobs/:id')
export class JobsController {
  constructor(
    private readonly jobs: JobsService,
    private readonly slots: PollSlots,
  ) {}

  @Get()
  async read(
    @Owner() owner: string,
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const job = await this.jobs.require(owner, id);
    const body = JSON.stringify(toJobView(job));
    const etag = etagOf(body);
    reply.headers({ etag, 'cache-control': 'private, no-cache' });
    if (!isFinished(job)) reply.header('retry-after', this.slots.take(job.id, retryAfterSeconds(job)));
    if (isKnownTo(known, etag)) await reply.status(304).send();
    else await reply.type('application/json; charset=utf-8').send(body);
  }

  @Post('cancel')
  @HttpCode(202)
  async cancel(@Owner() owner: string, @Param('id') id: string): Promise<JobView> {
    return toJobView(await this.jobs.cancel(owner, id));
  }

  @Post('retry')
  @HttpCode(202)
  async retry(
    @Owner() owner: string,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    const job = await this.jobs.retry(owner, id);
    void reply.header('location', jobPath(job.id));
    if (!isFinished(job)) void reply.header('retry-after', retryAfterSeconds(job));
    return toJobView(job);
  }

  @Delete()
  @HttpCode(204)
  async delete(@Owner() owner: string, @Param('id') id: string): Promise<void> {
    await this.jobs.delete(owner, id);
  }

  @Get('input')
  async input(@Owner() owner: string, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const job = await this.jobs.require(owner, id);
    const { filename, contentType, bytes } = job.input;
    await sendBytes(reply, this.jobs.input(job), {
      contentType: contentType ?? 'application/octet-stream',
      disposition: toAttachment(filename, job.id),
      bytes,
    });
  }

  @Get('result')
  async result(@Owner() owner: string, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const job = await this.jobs.require(owner, id);
    await sendBytes(reply, this.jobs.result(job), {
      contentType: 'application/json; charset=utf-8',
      disposition: toAttachment(null, `${job.id}.json`),
      bytes: null,
    });
  }
}
