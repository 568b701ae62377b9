import { Module, type DynamicModule } from '@nestjs/common';
import { AuditController } from '../audit/audit.controller.js';
import { Audit } from '../audit/audit.js';
import { KeysController } from './keys.controller.js';
import { KeysService, type KeysParts } from './keys.service.js';

/** The routes that administer keys, and show what administrators did. */
@Module({})
export class KeysModule {
  static of(parts: KeysParts): DynamicModule {
    return {
      module: KeysModule,
      controllers: [KeysController, AuditController],
      providers: [
        { provide: KeysService, useValue: new KeysService(parts) },
        { provide: Audit, useValue: parts.audit },
      ],
    };
  }
}
