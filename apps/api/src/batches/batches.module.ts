import { Module, type DynamicModule } from '@nestjs/common';
import { BatchEventsController } from './batch-events.controller.js';
import { BatchFilesController } from './batch-files.controller.js';
import { BatchIntake, type BatchIntakeParts } from './batch-intake.js';
import { BatchOpening, type OpeningParts } from './batch-opening.js';
import { BatchesController } from './batches.controller.js';
import { BatchesService, type BatchesParts } from './batches.service.js';
import { BatchFollower } from './follow-batch.js';

/** The routes of batches. */
@Module({})
export class BatchesModule {
  /** @param stopping aborted when the API stops */
  static of(
    parts: BatchesParts & BatchIntakeParts & Omit<OpeningParts, 'intake'>,
    stopping: AbortSignal,
  ): DynamicModule {
    const batches = new BatchesService(parts);
    const intake = new BatchIntake(parts);
    return {
      module: BatchesModule,
      controllers: [BatchesController, BatchFilesController, BatchEventsController],
      providers: [
        { provide: BatchesService, useValue: batches },
        { provide: BatchFollower, useValue: new BatchFollower(batches, stopping) },
        { provide: BatchIntake, useValue: intake },
        { provide: BatchOpening, useValue: new BatchOpening({ ...parts, intake }) },
      ],
    };
  }
}
