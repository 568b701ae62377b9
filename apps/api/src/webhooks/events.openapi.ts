import { testEvent, type EventJob, type EventOf, type EventType } from '#jobs';
import { runningBatch } from '../batches/batches.openapi.js';
import { canceledJob, exampleResult, queuedJob, succeededJob } from '../jobs/job.examples.js';

/** What is said of one event that webhooks are told of; what all have in common is added by `toWebhooks`. */
export interface EventDescription<Type extends EventType> {
  /** Names it among all operations. */
  operationId: string;
  summary: string;
  example: EventOf<Type>;
}

const finishedAt = '2026-11-21T18:00:00.021Z';
const startedAt = '2026-11-21T18:00:00.003Z';
const head = { timestamp: finishedAt, sequence: 2 };
const { label, score, anomaly, scores, provenance } = exampleResult;

const succeeded: EventJob = {
  ...succeededJob,
  ...{ result: { label, score, anomaly, scores, provenance }, truncated: true },
};
const running: EventJob = {
  ...{ ...queuedJob, status: 'running', attempts: 1, queuePosition: null, estimatedStartAt: null },
  timings: { ...queuedJob.timings, startedAt, queueMs: 3 },
};
const failed: EventJob = {
  ...{ ...succeeded, status: 'failed', result: null, truncated: false },
  error: {
    code: 'input_unreadable',
    title: 'The input cannot be read',
    detail: 'It ends in the middle of its header.',
  },
};
const expired: EventJob = {
  ...{ ...canceledJob, status: 'expired' },
  error: { code: 'job_expired', title: 'The job expired', detail: 'It had not begun within 60 s.' },
};

/** All events, by their types. */
export const webhookEventDescriptions: { readonly [Type in EventType]: EventDescription<Type> } = {
  'job.running': {
    operationId: 'jobRunning',
    summary: 'A job has begun; once for each time that it did',
    example: { type: 'job.running', timestamp: startedAt, sequence: 1, data: running },
  },
  'job.succeeded': {
    operationId: 'jobSucceeded',
    summary: 'A job has a result',
    example: { type: 'job.succeeded', ...head, data: succeeded },
  },
  'job.failed': {
    operationId: 'jobFailed',
    summary: 'A job has failed, and is not tried again by itself',
    example: { type: 'job.failed', ...head, data: failed },
  },
  'job.canceled': {
    operationId: 'jobCanceled',
    summary: 'A job was canceled',
    example: { type: 'job.canceled', timestamp: finishedAt, sequence: 1, data: canceledJob },
  },
  'job.expired': {
    operationId: 'jobExpired',
    summary: 'A job had not begun by the time that it was to',
    example: { type: 'job.expired', timestamp: finishedAt, sequence: 1, data: expired },
  },
  'batch.finished': {
    operationId: 'batchFinished',
    summary: 'The last file of a batch has ended, and no more can come; again after a retry',
    example: {
      ...{ type: 'batch.finished', timestamp: finishedAt, sequence: 1 },
      data: {
        ...{ ...runningBatch, status: 'finished', closedAt: startedAt, closesAt: null, finishedAt },
        counts: { total: 3, queued: 0, running: 0, succeeded: 2, failed: 1, canceled: 0, expired: 0 },
      },
    },
  },
  [testEvent]: {
    operationId: 'webhookTest',
    summary: 'Somebody asked for a test, by `POST /webhooks/{id}/test`; sent once, and not tried again',
    example: {
      ...{ type: testEvent, timestamp: finishedAt, sequence: 1 },
      data: { webhook: 'webhook_01KAGQ2W6Y3V8Z5N4M7T9R1XBC' },
    },
  },
};
