import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type Type } from '@nestjs/common';
import { DelayedError, UnrecoverableError, WaitingError, type Job, type WorkerOptions } from 'bullmq';
import { errorTable, inferenceQueueName, parsePayload, toFailedReason, toFailure, type Outcome } from '#jobs';
import { Dispatcher } from './dispatcher.js';
import { HandedBackError, TakenAwayError, Task } from './task.js';

/** The BullMQ worker of one queue: carries jobs to the dispatcher, and their ends back in BullMQ's words. */
export abstract class InferenceProcessor extends WorkerHost {
  constructor(
    private readonly label: string,
    private readonly dispatcher: Dispatcher,
  ) {
    super();
  }

  /** Runs once per fetch. Safe to repeat: attempts write under their own keys, and only the lock's owner may complete. */
  async process(job: Job, lockToken = ''): Promise<Outcome> {
    try {
      const task = new Task(this.label, job.id ?? '', lockToken, parsePayload('infer', job.data));
      this.dispatcher.submit(task);
      return await task.outcome;
    } catch (error) {
      return this.end(job, lockToken, error);
    }
  }

  private async end(job: Job, lockToken: string, error: unknown): Promise<never> {
    // BullMQ's way to hear that the job is already where it belongs.
    if (error instanceof TakenAwayError) throw new DelayedError();
    if (error instanceof HandedBackError) {
      await job.moveToWait(lockToken);
      throw new WaitingError();
    }
    const failure = toFailure(error);
    const reason = toFailedReason(failure);
    throw errorTable[failure.code].passing ? new Error(reason) : new UnrecoverableError(reason);
  }
}

/** The processor of one label's queue: @nestjs/bullmq reads the queue's name from the class. */
export function inferenceProcessorOf(label: string, options: WorkerOptionsOfQueue): Type<InferenceProcessor> {
  @Processor(inferenceQueueName(label), options)
  class LabelledInferenceProcessor extends InferenceProcessor {
    constructor(@Inject(Dispatcher) dispatcher: Dispatcher) {
      super(label, dispatcher);
    }
  }
  return LabelledInferenceProcessor;
}

type WorkerOptionsOfQueue = Omit<WorkerOptions, 'connection' | 'prefix'>;
