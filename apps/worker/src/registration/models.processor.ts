import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type Type } from '@nestjs/common';
import { UnrecoverableError, type Job, type WorkerOptions } from 'bullmq';
import type { Logger } from 'pino';
import {
  EarshotError,
  errorTable,
  modelChangeSchema,
  modelsQueueName,
  toFailedReason,
  type ModelChangeOutcome,
  type ObjectStore,
} from '#jobs';
import { toLoggedFailure } from '../compute/to-logged-failure.js';
import { carryOutChange } from './carry-out-change.js';
import type { RegisterParts } from './register-once.js';

/** What the processor works with. */
export class ModelsProcessorTools {
  constructor(
    readonly store: ObjectStore,
    readonly parts: RegisterParts,
    readonly log: Logger,
  ) {}
}

/** The BullMQ worker of the changes of the registry, which it carries out one after the other. */
export abstract class ModelsProcessor extends WorkerHost {
  constructor(private readonly tools: ModelsProcessorTools) {
    super();
  }

  /** May run twice, also at the same moment, after the worker was lost or held up: every change can be repeated. */
  async process(job: Job): Promise<ModelChangeOutcome> {
    const { store, parts, log } = this.tools;
    const { id = '' } = job;
    const asked = modelChangeSchema.safeParse(job.data);
    const about = { changeId: id, ...asked.data };
    try {
      if (!asked.success) throw damaged(asked.error);
      const outcome = await carryOutChange(store, id, asked.data, parts);
      log.info({ ...about, ...outcome }, 'registry changed');
      return outcome;
    } catch (error) {
      const { code, detail, cause } = toLoggedFailure(error);
      log.warn({ ...about, code, detail, cause }, 'registry not changed');
      const reason = toFailedReason({ code, detail });
      throw errorTable[code].passing ? new Error(reason) : new UnrecoverableError(reason);
    }
  }
}

function damaged(cause: Error): EarshotError {
  const detail = 'What Redis holds of the change is damaged; send the request again.';
  return new EarshotError('payload_unreadable', detail, { cause });
}

/** The processor with its options, which @nestjs/bullmq reads from the class. */
export function modelsProcessorOf(options: Omit<WorkerOptions, 'connection' | 'prefix'>): Type<ModelsProcessor> {
  @Processor(modelsQueueName, options)
  class OnlyModelsProcessor extends ModelsProcessor {
    constructor(@Inject(ModelsProcessorTools) tools: ModelsProcessorTools) {
      super(tools);
    }
  }
  return OnlyModelsProcessor;
}
