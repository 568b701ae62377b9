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
  type ModelChange,
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
    try {
      const change = readChange(job.data);
      const outcome = await carryOutChange(store, id, change, parts);
      log.info({ changeId: id, ...change, ...outcome }, 'registry changed');
      return outcome;
    } catch (error) {
      const { code, detail, cause } = toLoggedFailure(error);
      log.warn({ changeId: id, code, detail, cause }, 'registry not changed');
      const reason = toFailedReason({ code, detail });
      throw errorTable[code].passing ? new Error(reason) : new UnrecoverableError(reason);
    }
  }
}

/** @throws EarshotError when what Redis holds is no change of ours */
function readChange(data: unknown): ModelChange {
  const parsed = modelChangeSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new EarshotError('payload_unreadable', 'What Redis holds of the change is damaged; ask for it again.', {
    cause: parsed.error,
  });
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
