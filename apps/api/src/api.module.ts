import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health/health.controller.js';
import { Health } from './health/health.js';
import { JobIntake } from './jobs/job-intake.js';
import { JobWaiter } from './jobs/job-waiter.js';
import { JobsController } from './jobs/jobs.controller.js';
import { JobsService } from './jobs/jobs.service.js';
import { SubmissionsController } from './jobs/submissions.controller.js';
import { ModelCatalog } from './models/model-catalog.js';
import { ModelsController } from './models/models.controller.js';

/** What the controllers are given; made, and ended, by start-api.ts. */
export interface ApiParts {
  health: Health;
  catalog: ModelCatalog;
  jobs: JobsService;
  intake: JobIntake;
  waiter: JobWaiter;
}

/** The API's routes. */
@Module({})
export class ApiModule {
  static of({ health, catalog, jobs, intake, waiter }: ApiParts): DynamicModule {
    return {
      module: ApiModule,
      controllers: [HealthController, ModelsController, SubmissionsController, JobsController],
      providers: [
        { provide: Health, useValue: health },
        { provide: ModelCatalog, useValue: catalog },
        { provide: JobsService, useValue: jobs },
        { provide: JobIntake, useValue: intake },
        { provide: JobWaiter, useValue: waiter },
      ],
    };
  }
}
