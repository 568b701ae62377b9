import { Controller, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Owner } from '../access/caller.js';
import { NeedsNoKey } from '../access/needs-scope.js';
import { parseBody } from '../server/parse-body.js';
import { readJson } from '../server/read-json.js';
import { UploadsService, type OpenedUpload } from './uploads.service.js';

const newUploadSchema = z.strictObject({
  bytes: z.number('must be the number of bytes that will come').int().min(1),
  contentType: z
    .string()
    .max(100)
    .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/, 'must be a media type, such as audio/wav')
    .default('application/octet-stream'),
});

/** Inputs that are uploaded before their job is submitted, by whoever has the address. */
@Controller('uploads')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  /** The body is `{"bytes": 2560080, "contentType": "audio/wav"}`. */
  @Post()
  @HttpCode(201)
  async open(@Owner() owner: string, @Req() request: FastifyRequest): Promise<OpenedUpload> {
    return this.uploads.open(owner, parseBody(newUploadSchema, await readJson(request.raw)));
  }

  /** Where the store cannot be written from elsewhere. The address says who may do this, and needs no key besides. */
  @Put(':id')
  @NeedsNoKey()
  receive(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string; bytes: number }> {
    return this.uploads.receive(id, query, request);
  }
}
