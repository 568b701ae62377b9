import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type Type } from '@nestjs/common';
import { DelayedError, UnrecoverableError, WaitingError, type Job, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  EarshotError,
  errorTable,
  handBackJob,
  inferenceQueueName,
  isReady,
  parsePayload,
  toFailedReason,
  toFailure,
  type InferPayload,
  type Outcome,
} from '#jobs';
import { Obtaining, PostponedError } from '../inputs/obtaining.js';
import { Dispatcher } from './dispatcher.js';
import { HandedBackError, TakenAwayError, Task } from './task.js';

/** After this time, or up to three times as long, a job whose input could not be obtained for want of room comes again. */
const postponedMs = 1000;

/** What the processors of all queues share. */
export class ProcessorTools {
  constructor(
    readonly dispatcher: Dispatcher,
    readonly obtaining: Obtaining,
    readonly redis: Redis,
    readonly log: Logger,
  ) {}
}

/** The BullMQ worker of one queue: carries jobs to the dispatcher, and their ends back in BullMQ's words. */
export abstract class InferenceProcessor extends WorkerHost {
  constructor(
    readonly label: string,
    private readonly tools: ProcessorTools,
  ) {
    super();
  }

  /** Runs once per fetch. Safe to repeat: attempts write under their own keys, and only the lock's owner may complete. */
  async process(job: Job, lockToken = ''): Promise<Outcome> {
    try {
      const payload = readPayload(job);
      const [label, jobId] = [this.label, job.id ?? ''];
      const ready = isReady(payload)
        ? payload
        : await this.tools.obtaining.obtain({ label, jobId, lockToken, payload });
      return await this.tools.dispatcher.submit(new Task(label, jobId, lockToken, ready));
    } catch (error) {
      return this.end(job, lockToken, error);
    }
  }

  private async end(job: Job, lockToken: string, error: unknown): Promise<never> {
    // BullMQ's way to hear that the job is already where it belongs.
    if (error instanceof TakenAwayError) throw new DelayedError();
    if (error instanceof HandedBackError) {
      await handBackJob(this.tools.redis, this.label, job, lockToken);
      throw new WaitingError();
    }
    if (error instanceof PostponedError) {
      await job.moveToDelayed(Date.now() + postponedMs * (1 + 2 * Math.random()), lockToken);
      throw new DelayedError();
    }
    const { code, detail } = toFailure(error);
    const { requestId } = job.data as Partial<InferPayload>;
    const cause = error instanceof EarshotError ? error.cause : error;
    const words = cause instanceof Error ? cause.stack : cause;
    this.tools.log.warn({ jobId: job.id, requestId, code, detail, cause: words }, 'attempt failed');
    const reason = toFailedReason({ code, detail });
    throw errorTable[code].passing ? new Error(reason) : new UnrecoverableError(reason);
  }
}

/** @throws EarshotError when what Redis holds is no job of ours, which no further attempt changes */
function readPayload(job: Job): InferPayload {
  try {
    return parsePayload('infer', job.data);
  } catch (cause) {
    throw new EarshotError('payload_unreadable', 'What Redis holds of the job is damaged; submit it again.', { cause });
  }
}

/** The processor of one label's queue: @nestjs/bullmq reads the queue's name from the class. */
export function inferenceProcessorOf(label: string, options: WorkerOptionsOfQueue): Type<InferenceProcessor> {
  @Processor(inferenceQueueName(label), options)
  class LabelledInferenceProcessor extends InferenceProcessor {
    constructor(@Inject(ProcessorTools) tools: ProcessorTools) {
      super(label, tools);
    }
  }
  return LabelledInferenceProcessor;
}

type WorkerOptionsOfQueue = Omit<WorkerOptions, 'connection' | 'prefix'>;
