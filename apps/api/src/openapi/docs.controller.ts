import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EarshotError } from '#jobs';
import { NeedsScope } from '../access/needs-scope.js';
import { ApiDescription } from './api-description.js';
import { docsPage, docsPolicy, readDocsFile } from './docs-page.js';

/** The description as a page for people. */
@Controller('docs')
export class DocsController {
  constructor(private readonly description: ApiDescription) {}

  @Get()
  @NeedsScope('ops')
  async page(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('content-security-policy', docsPolicy).type('text/html; charset=utf-8').send(docsPage);
  }

  /** What the page is made of, under the page's own scope. */
  @Get(':file')
  @NeedsScope('ops')
  async file(@Param('file') name: string, @Res() reply: FastifyReply): Promise<void> {
    const file =
      name === 'openapi.json'
        ? { contentType: 'application/json; charset=utf-8', body: await this.description.toJson() }
        : await readDocsFile(name);
    if (file === null) throw new EarshotError('route_not_found', 'The page at /docs has no such file.');
    await reply.type(file.contentType).send(file.body);
  }
}
