import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { batchPath, type BatchView } from '#jobs';
import { Owner } from '../access/caller.js';
import { BatchOpening } from './batch-opening.js';
import { BatchesService } from './batches.service.js';

/** Seconds after which an unfinished batch is worth another look. */
const retryAfterSeconds = 2;

/** Batches: opening, reading and ending them. */
@Controller('batches')
export class BatchesController {
  constructor(
    private readonly batches: BatchesService,
    private readonly opening: BatchOpening,
  ) {}

  /** The body is JSON, a form with files, or an archive; files come with it or afterwards. */
  @Post()
  async open(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<BatchView> {
    const id = await this.opening.open(request);
    const batch = await this.batches.view(request.caller.owner, id);
    request.log.info({ batchId: batch.id, model: `${batch.model.name}@${batch.model.version}` }, 'batch opened');
    void reply.status(201).header('location', batchPath(batch.id));
    return batch;
  }

  @Get(':id')
  async read(
    @Owner() owner: string,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchView> {
    const batch = await this.batches.view(owner, id);
    void reply.header('cache-control', 'private, no-cache');
    if (batch.finishedAt === null) void reply.header('retry-after', retryAfterSeconds);
    return batch;
  }

  @Post(':id/close')
  @HttpCode(200)
  close(@Owner() owner: string, @Param('id') id: string): Promise<BatchView> {
    return this.batches.close(owner, id);
  }

  @Post(':id/cancel')
  @HttpCode(202)
  cancel(@Owner() owner: string, @Param('id') id: string): Promise<BatchView> {
    return this.batches.cancel(owner, id);
  }

  @Post(':id/retry')
  @HttpCode(202)
  retry(@Owner() owner: string, @Param('id') id: string): Promise<BatchView> {
    return this.batches.retry(owner, id);
  }
}
