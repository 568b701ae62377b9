import { Controller, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { toBatchPath } from '#jobs';
import { Owner } from '../access/caller.js';
import { invalidPart } from '../problems/invalid-request.js';
import { parseQuery } from '../server/parse-query.js';
import { toBatchFileView, type BatchFileView } from './batch-file.view.js';
import { BatchIntake } from './batch-intake.js';
import { BatchesService } from './batches.service.js';
import { toCsv } from './results-csv.js';

const ndjson = 'application/x-ndjson; charset=utf-8';
const noPath = 'must be given once: a path such as mill/fan-1.wav, relative, without . and .., of at most 1024 bytes';
const addQuerySchema = z.strictObject({
  path: z.string(noPath).transform((path, context) => {
    const safePath = toBatchPath(path);
    if (safePath === null) context.addIssue(noPath);
    return safePath ?? z.NEVER;
  }),
});
const csv = 'text/csv; charset=utf-8; header=present';

/** The files of one batch: taking them, and telling how they fare. */
@Controller('batches/:id')
export class BatchFilesController {
  constructor(
    private readonly batches: BatchesService,
    private readonly intake: BatchIntake,
  ) {}

  /** The body is the file, or a form with it; one that is there already is answered with 200. */
  @Post('files')
  async add(
    @Owner() owner: string,
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchFileView> {
    const { path } = parseQuery(addQuerySchema, query);
    const taken = await this.intake.accept(request, await this.batches.require(owner, id), path);
    void reply.status(taken.added ? 201 : 200);
    return toBatchFileView(path, taken);
  }

  /** Lines of JSON with path, bytes and SHA-256. */
  @Get('files')
  async list(@Owner() owner: string, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await reply.type(ndjson).send(await this.batches.files(owner, id));
  }

  /** Lines of JSON, or CSV for who accepts that first or says `format=csv`. */
  @Get('results')
  async results(
    @Owner() owner: string,
    @Param('id') id: string,
    @Query('format') format: unknown,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asCsv = isCsv(format, accept);
    const lines = await this.batches.results(owner, id);
    await reply.type(asCsv ? csv : ndjson).send(asCsv ? toCsv(lines) : lines);
  }
}

/** @throws EarshotError `invalid_request` */
function isCsv(format: unknown, accept = ''): boolean {
  if (format === undefined) return /^\s*text\/csv\b/i.test(accept);
  if (format === 'csv' || format === 'ndjson') return format === 'csv';
  throw invalidPart('format', 'must be csv or ndjson', 'parameter');
}
