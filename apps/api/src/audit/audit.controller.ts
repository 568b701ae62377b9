import { Controller, Get, Query } from '@nestjs/common';
import { EarshotError, isAuditId, type KeptAuditEntry } from '#jobs';
import { NeedsScope } from '../access/needs-scope.js';
import { Audit } from './audit.js';

const defaultLimit = 100;
const mostLimit = 1000;

/** What administrators have done. */
@Controller('audit')
export class AuditController {
  constructor(private readonly audit: Audit) {}

  @Get()
  @NeedsScope('admin')
  async list(@Query('limit') limit?: string, @Query('cursor') cursor?: string): Promise<AuditPage> {
    const count = parseLimit(limit);
    const found = await this.audit.read(count + 1, parseCursor(cursor));
    const entries = found.slice(0, count);
    return { acts: entries.map(toView), nextCursor: found.length > count ? (entries.at(-1)?.id ?? null) : null };
  }
}

interface AuditPage {
  acts: ReturnType<typeof toView>[];
  /** For the next page, of older acts; null: there are none. */
  nextCursor: string | null;
}

function toView({ id, at, ...entry }: KeptAuditEntry) {
  return { id, at: new Date(at).toISOString(), ...entry };
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  if (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= mostLimit) return Number(text);
  throw invalidParameter('limit', `must be a whole number from 1 to ${mostLimit}`);
}

function parseCursor(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (typeof text === 'string' && isAuditId(text)) return text;
  throw invalidParameter('cursor', 'must be the nextCursor of another page');
}

function invalidParameter(pointer: string, detail: string): EarshotError {
  return new EarshotError('invalid_request', `The ${pointer} ${detail}.`, { faults: [{ pointer, detail }] });
}
