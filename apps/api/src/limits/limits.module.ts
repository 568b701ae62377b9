import { Module, type DynamicModule } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Audit } from '../audit/audit.js';
import { limitsRedis, OwnLimitsController } from './own-limits.controller.js';

/** The routes of owners' own limits. */
@Module({})
export class LimitsModule {
  static of({ redis, audit }: { redis: Redis; audit: Audit }): DynamicModule {
    return {
      module: LimitsModule,
      controllers: [OwnLimitsController],
      providers: [
        { provide: limitsRedis, useValue: redis },
        { provide: Audit, useValue: audit },
      ],
    };
  }
}
