import { z } from 'zod';
import { batchViewSchema } from '../batches/batch-view.js';
import { resultSchema } from '../job-record.js';
import { jobViewSchema } from '../job-view.js';
import type { WebhookEvent } from './webhook-events.js';

/** What nobody listens to by name: it is sent to one webhook, when somebody asks for it. */
export const testEvent = 'webhook.test';
export type EventType = WebhookEvent | typeof testEvent;
export type JobEventType = Exclude<WebhookEvent, 'batch.finished'>;

/** A job in an event. */
export const eventJobSchema = jobViewSchema
  .extend({
    result: resultSchema.omit({ segments: true }).partial({ provenance: true }).nullable(),
    truncated: z.boolean().describe('Whether this shows less than there is at `/result`, or of the job itself.'),
  })
  .partial({
    ...{ model: true, input: true, result: true, error: true, attempts: true, progress: true },
    ...{ queuePosition: true, estimatedStartAt: true, metadata: true, timings: true },
  })
  .meta({
    id: 'EventJob',
    description:
      'A job in an event: without its segments, and with at most 5 scores. Where that is too much, more is left out.',
  });
export type EventJob = z.infer<typeof eventJobSchema>;

function eventSchema<Type extends EventType, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({
    type: z.literal(type),
    timestamp: z.iso.datetime().describe('When it happened.'),
    sequence: z.int().min(1).describe('Counts the events of one job or batch.'),
    data,
  });
}

/** The bodies of all events, by their types. */
export const eventSchemas = {
  'job.running': eventSchema('job.running', eventJobSchema),
  'job.succeeded': eventSchema('job.succeeded', eventJobSchema),
  'job.failed': eventSchema('job.failed', eventJobSchema),
  'job.canceled': eventSchema('job.canceled', eventJobSchema),
  'job.expired': eventSchema('job.expired', eventJobSchema),
  'batch.finished': eventSchema('batch.finished', batchViewSchema),
  [testEvent]: eventSchema(testEvent, z.object({ webhook: z.string().describe('Its id.') })),
} as const satisfies Record<EventType, z.ZodType>;

/** The body of an event of one type. */
export type EventOf<Type extends EventType> = z.infer<(typeof eventSchemas)[Type]>;

/** What a webhook receives. */
export type EventBody = EventOf<EventType>;

/** An event without what it tells of. */
export type EventHead<Type extends EventType> = Omit<EventOf<Type>, 'data'>;
