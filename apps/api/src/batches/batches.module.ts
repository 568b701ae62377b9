import { Module, type DynamicModule } from '@nestjs/common';
import { BatchFilesController } from './batch-files.controller.js';
import { BatchIntake, type BatchIntakeParts } from './batch-intake.js';
import { BatchesController } from './batches.controller.js';
import { BatchesService, type BatchesParts } from './batches.service.js';

/** The routes of batches. */
@Module({})
export class BatchesModule {
  static of(parts: BatchesParts & BatchIntakeParts): DynamicModule {
    return {
      module: BatchesModule,
      controllers: [BatchesController, BatchFilesController],
      providers: [
        { provide: BatchesService, useValue: new BatchesService(parts) },
        { provide: BatchIntake, useValue: new BatchIntake(parts) },
      ],
    };
  }
}
