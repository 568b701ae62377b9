import { Controller, Get, Headers, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { etagOf, isKnownTo } from '../jobs/etag.js';
import { ApiDescription } from './api-description.js';

/** The API's description of itself. */
@Controller()
export class OpenApiController {
  constructor(private readonly description: ApiDescription) {}

  @Get('openapi.json')
  async read(@Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const body = await this.description.toJson();
    const etag = etagOf(body);
    reply.headers({ etag, 'cache-control': 'private, no-cache' });
    if (isKnownTo(known, etag)) await reply.status(304).send();
    else await reply.type('application/json; charset=utf-8').send(body);
  }
}
