import { Controller, Get, Inject, Param, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { ownerMostCharacters, ownerPattern, ownLimits, setOwnLimits } from '#jobs';
import { NeedsScope } from '../access/needs-scope.js';
import { Audit } from '../audit/audit.js';
import { invalidPart } from '../problems/invalid-request.js';
import { parseBody } from '../server/parse-body.js';
import { readJson } from '../server/read-json.js';
import { setOwnLimitsSchema, toOwnLimits, toOwnLimitsView, type OwnLimitsView } from './own-limits.view.js';

/** The provider of the connection to Redis. */
export const limitsRedis = Symbol('redis');

/** What one owner may have and do instead of what the settings say. */
@Controller('owners/:owner/limits')
export class OwnLimitsController {
  constructor(
    @Inject(limitsRedis) private readonly redis: Redis,
    private readonly audit: Audit,
  ) {}

  @Get()
  @NeedsScope('admin')
  async read(@Param('owner') owner: string): Promise<OwnLimitsView> {
    requireOwner(owner);
    return toOwnLimitsView(owner, (await ownLimits(this.redis)).get(owner) ?? {});
  }

  /** Replaces them all; asked twice, it is as asked once. */
  @Put()
  @NeedsScope('admin')
  async set(@Param('owner') owner: string, @Req() request: FastifyRequest): Promise<OwnLimitsView> {
    requireOwner(owner);
    const asked = parseBody(setOwnLimitsSchema, await readJson(request.raw));
    await setOwnLimits(this.redis, owner, toOwnLimits(asked));
    await this.audit.record(request, 'owner.set-limits', { owner, ...asked });
    return { owner, ...asked };
  }
}

function requireOwner(owner: string): void {
  if (owner.length <= ownerMostCharacters && ownerPattern.test(owner)) return;
  throw invalidPart('owner', 'must be small letters and digits, with single hyphens between them', 'parameter');
}
