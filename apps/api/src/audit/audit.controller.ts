import { Controller, Get, Query } from '@nestjs/common';
import { NeedsScope } from '../access/needs-scope.js';
import { parseQuery } from '../server/parse-query.js';
import { Audit } from './audit.js';
import { listActsSchema, toActView, type AuditPage } from './audit.view.js';

/** What administrators have done. */
@Controller('audit')
export class AuditController {
  constructor(private readonly audit: Audit) {}

  @Get()
  @NeedsScope('admin')
  async list(@Query() query: unknown): Promise<AuditPage> {
    const { limit, cursor = null } = parseQuery(listActsSchema, query);
    const found = await this.audit.read(limit + 1, cursor);
    const entries = found.slice(0, limit);
    return { acts: entries.map(toActView), nextCursor: found.length > limit ? (entries.at(-1)?.id ?? null) : null };
  }
}
