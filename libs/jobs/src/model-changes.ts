import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { newUlid } from './ids.js';
import { parseFailedReason, type JobFailure } from './failure.js';
import { openQueue } from './open-queue.js';
import { modelsQueueName } from './queues.js';

/** Part of a key: whether it names anything is for the worker to find out. */
const word = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/);
/** `requestId`: the request that asked for it, for the logs. */
const ofModel = { name: word, requestId: z.string() };

/** What may be asked of the registry. Every change may be carried out twice. */
export const modelChangeSchema = z.discriminatedUnion('change', [
  /** Registers the bundle in an archive that lies at `models-uploads/<id of the change>`. */
  z.object({ change: z.literal('register'), ...ofModel, version: word }),
  z.object({ change: z.literal('set-alias'), ...ofModel, version: word, alias: word }),
  z.object({ change: z.literal('remove-alias'), ...ofModel, alias: word }),
  z.object({ change: z.literal('remove-version'), ...ofModel, version: word }),
]);
export type ModelChange = z.infer<typeof modelChangeSchema>;

/** `created`: it registered a version that was not registered before. */
export const modelChangeOutcomeSchema = z.object({ created: z.boolean() });
export type ModelChangeOutcome = z.infer<typeof modelChangeOutcomeSchema>;

/** The queue of the changes of the registry. */
export type ModelsQueue = Queue<ModelChange, ModelChangeOutcome>;

/** A store that is away may be back soon; whoever waits for the change does not wait for long. */
const retries = { attempts: 3, backoff: { type: 'exponential', delay: 500 } };
/** Seconds for which an ended change is kept, for whoever waits for it. */
const keptSeconds = 3600;

/** A new id of a change, such as `change_01KAGQ2W6Y3V8Z5N4M7T9R1XBC`. */
export function newModelChangeId(): string {
  return `change_${newUlid()}`;
}

/** @param redis a prompt connection: what is asked of the queue fails at once while Redis is away */
export function openModelsQueue(redis: Redis): ModelsQueue {
  return openQueue(redis, modelsQueueName);
}

/** Adds a change to its queue, whose changes are carried out one after the other, whatever the number of workers. */
export async function submitModelChange(queue: ModelsQueue, id: string, change: ModelChange): Promise<void> {
  await queue.setGlobalConcurrency(1);
  const kept = { age: keptSeconds };
  await queue.add(change.change, change, {
    ...retries,
    jobId: id,
    removeOnComplete: kept,
    removeOnFail: kept,
    stackTraceLimit: 0,
  });
}

/** A change as the queue has it. */
export type ModelChangeState =
  | { state: 'waiting' | 'begun' | 'missing' }
  | { state: 'done'; outcome: ModelChangeOutcome }
  | { state: 'failed'; failure: JobFailure };

export async function readModelChange(queue: ModelsQueue, id: string): Promise<ModelChangeState> {
  const job = await queue.getJob(id);
  if (!job) return { state: 'missing' };
  if (job.finishedOn === undefined) return { state: job.processedOn === undefined ? 'waiting' : 'begun' };
  const outcome = modelChangeOutcomeSchema.safeParse(job.returnvalue);
  if (outcome.success) return { state: 'done', outcome: outcome.data };
  return { state: 'failed', failure: parseFailedReason(job.failedReason) };
}

/** Takes back a change that nobody has begun; false when somebody has. */
export async function withdrawModelChange(queue: ModelsQueue, id: string): Promise<boolean> {
  const job = await queue.getJob(id);
  if (!job) return true;
  if (job.processedOn !== undefined) return false;
  try {
    await job.remove();
    return true;
  } catch (error) {
    // Begun in this moment: it is locked.
    if ((await readModelChange(queue, id)).state !== 'waiting') return false;
    throw error;
  }
}
