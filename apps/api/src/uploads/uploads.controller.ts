import { Controller, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Owner } from '../access/caller.js';
import { NeedsNoKey } from '../access/needs-scope.js';
import { parseBody } from '../server/parse-body.js';
import { readJson } from '../server/read-json.js';
import { openUploadSchema } from './open-upload.request.js';
import type { OpenedUpload, ReceivedUpload } from './upload.view.js';
import { UploadsService } from './uploads.service.js';

/** Inputs that are uploaded before their job is submitted, by whoever has the address. */
@Controller('uploads')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  /** The body is `{"bytes": 2560080, "contentType": "audio/wav"}`. */
  @Post()
  @HttpCode(201)
  async open(@Owner() owner: string, @Req() request: FastifyRequest): Promise<OpenedUpload> {
    return this.uploads.open(owner, parseBody(openUploadSchema, await readJson(request.raw)));
  }

  /** Where the store cannot be written from elsewhere. The address says who may do this, and needs no key besides. */
  @Put(':id')
  @NeedsNoKey()
  receive(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<ReceivedUpload> {
    return this.uploads.receive(id, query, request);
  }
}
