import { jobViewSchema, resultSchema } from '#jobs';
import { bytesOf, eventStream, json } from '../openapi/contents.js';
import type { Operation, Operations } from '../openapi/operation.js';
import { canceledJob, exampleResult, queuedJob, succeededJob } from './job.examples.js';
import { jobEventSchema } from './job-progress.js';
import { jobsPageSchema, listJobsSchema } from './list-jobs.request.js';

const path: Operation['path'] = { id: { description: 'The id of a job.', example: queuedJob.id } };
const found = ['job_not_found', 'queue_unavailable', 'store_unavailable'] as const;

const stream =
  'retry: 2000\n\nid: 1.0.2\nevent: status\n' +
  'data: {"status":"queued","attempts":0,"queuePosition":3,"estimatedStartAt":null,"startedAt":null}\n\n';

const elsewhere: Operation['answers'][number] = {
  description:
    'Where the object store itself hands the bytes out, for five minutes: an address to be followed without the key.',
  headers: ['Location'],
};

/** One job, and all of an owner's. */
export const jobOperations: Operations = {
  'GET /jobs': {
    operationId: 'listJobs',
    tag: 'jobs',
    summary: 'Lists jobs, the newest first',
    description:
      'A page that is filtered may be short or empty and still have a `nextCursor`. Jobs keep their place while others come and go.',
    query: listJobsSchema,
    answers: {
      200: {
        description: 'A page of jobs.',
        content: json(jobsPageSchema, { last: { jobs: [succeededJob], nextCursor: null } }),
      },
    },
    problems: ['queue_unavailable', 'store_unavailable'],
  },
  'GET /jobs/:id': {
    operationId: 'readJob',
    tag: 'jobs',
    summary: 'Reads a job',
    path,
    headers: ['If-None-Match'],
    answers: {
      200: {
        description: 'The job; `Retry-After` while it is unfinished.',
        headers: ['ETag', 'Retry-After'],
        content: json(jobViewSchema, { succeeded: succeededJob, queued: queuedJob, canceled: canceledJob }),
      },
      304: { description: 'It is still as `If-None-Match` names it.', headers: ['ETag', 'Retry-After'] },
    },
    problems: found,
  },
  'POST /jobs/:id/cancel': {
    operationId: 'cancelJob',
    tag: 'jobs',
    summary: 'Cancels a job',
    path,
    answers: { 202: { description: 'The canceled job.', content: json(jobViewSchema, { canceled: canceledJob }) } },
    problems: [...found, 'job_finished'],
  },
  'POST /jobs/:id/retry': {
    operationId: 'retryJob',
    tag: 'jobs',
    summary: 'Runs a failed, canceled or expired job again',
    description: 'It keeps its id, and its attempts count on.',
    path,
    answers: {
      202: {
        description: 'The job, queued again.',
        headers: ['Location', 'Retry-After'],
        content: json(jobViewSchema, { queued: queuedJob }),
      },
    },
    problems: [...found, 'job_unfinished', 'job_finished', 'input_missing', 'job_quota_exceeded'],
  },
  'DELETE /jobs/:id': {
    operationId: 'deleteJob',
    tag: 'jobs',
    summary: 'Deletes a finished job with its input and its result',
    path,
    answers: { 204: { description: 'It is gone.' } },
    problems: [...found, 'job_unfinished'],
  },
  'GET /jobs/:id/input': {
    operationId: 'readJobInput',
    tag: 'jobs',
    summary: 'Reads the input of a job',
    path,
    answers: {
      200: {
        description: 'The bytes as they came, to be saved.',
        headers: ['Content-Disposition'],
        content: bytesOf('audio/*', 'image/*', 'application/octet-stream'),
      },
      302: elsewhere,
    },
    problems: [...found, 'input_missing'],
  },
  'GET /jobs/:id/result': {
    operationId: 'readJobResult',
    tag: 'jobs',
    summary: 'Reads the whole result of a job',
    description: 'The job itself shows at most 100 segments and 20 scores.',
    path,
    answers: {
      200: {
        description: 'The result.',
        headers: ['Content-Disposition'],
        content: json(resultSchema, { result: exampleResult }),
      },
      302: elsewhere,
    },
    problems: [...found, 'result_not_found'],
  },
  'GET /jobs/:id/events': {
    operationId: 'followJob',
    tag: 'jobs',
    summary: 'Follows a job until it has ended',
    description:
      'Server-sent events: `status` when it is queued or runs, `progress` when its place has changed, `finished` with the whole ' +
      'job at the end. A comment is sent when nothing happens.',
    path,
    headers: ['Last-Event-ID'],
    answers: {
      200: { description: 'The events.', content: eventStream(jobEventSchema, stream) },
      204: { description: 'It has ended, and the last event was met: stay away.' },
    },
    problems: found,
  },
};
