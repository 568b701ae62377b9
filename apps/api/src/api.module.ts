import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health/health.controller.js';
import { Health } from './health/health.js';
import { JobFollower } from './jobs/follow-job.js';
import { JobEventsController } from './jobs/job-events.controller.js';
import { JobIntake } from './jobs/job-intake.js';
import { JobWaiter } from './jobs/job-waiter.js';
import { JobsListController } from './jobs/jobs-list.controller.js';
import { JobsController } from './jobs/jobs.controller.js';
import { JobsService } from './jobs/jobs.service.js';
import { PollSlots } from './jobs/poll-slots.js';
import { SubmissionsController } from './jobs/submissions.controller.js';
import { ModelCatalog } from './models/model-catalog.js';
import { ModelsController } from './models/models.controller.js';
import { RegistryController } from './models/registry.controller.js';
import { Registry } from './models/registry.js';

/** What the controllers are given; made, and ended, by start-api.ts. */
export interface ApiParts {
  health: Health;
  catalog: ModelCatalog;
  registry: Registry;
  jobs: JobsService;
  intake: JobIntake;
  waiter: JobWaiter;
  follower: JobFollower;
}

/** The API's routes. */
@Module({})
export class ApiModule {
  /** @param features modules with routes of their own */
  static of(
    { health, catalog, registry, jobs, intake, waiter, follower }: ApiParts,
    features: DynamicModule[],
  ): DynamicModule {
    return {
      module: ApiModule,
      imports: features,
      controllers: [
        HealthController,
        ModelsController,
        RegistryController,
        SubmissionsController,
        JobsListController,
        JobsController,
        JobEventsController,
      ],
      providers: [
        { provide: Health, useValue: health },
        { provide: ModelCatalog, useValue: catalog },
        { provide: Registry, useValue: registry },
        { provide: JobsService, useValue: jobs },
        { provide: JobIntake, useValue: intake },
        { provide: JobWaiter, useValue: waiter },
        { provide: JobFollower, useValue: follower },
        { provide: PollSlots, useValue: new PollSlots() },
      ],
    };
  }
}
