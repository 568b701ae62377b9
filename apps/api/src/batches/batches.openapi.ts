import { batchViewSchema, type BatchView } from '#jobs';
import { z } from 'zod';
import { bytes, bytesOf, eventStream, json } from '../openapi/contents.js';
import type { Contents, Operation, Operations } from '../openapi/operation.js';
import { idempotencyProblems, jsonProblems, receivingProblems } from '../openapi/problem-answers.js';
import { openBatchSchema } from './open-batch.request.js';

const id = 'batch_01KAGQ2W6Y3V8Z5N4M7T9R1XBC';
const self = `/batches/${id}`;
const found = ['batch_not_found', 'queue_unavailable', 'store_unavailable'] as const;

export const batchParameter: Operation['path'] = { id: { description: 'The id of a batch.', example: id } };
export const batchFound = found;

export const runningBatch: BatchView = {
  ...{ id, status: 'open', reuse: true, metadata: { shift: 'night' } },
  model: {
    ...{ name: 'fan-fault', version: '1.0.0' },
    digest: 'sha256:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  },
  counts: { total: 3, queued: 1, running: 1, succeeded: 1, failed: 0, canceled: 0, expired: 0 },
  ...{ createdAt: '2026-11-21T18:00:00.000Z', closedAt: null, closesAt: '2026-11-22T18:00:00.000Z' },
  ...{ canceledAt: null, unpacking: null, finishedAt: null },
  links: {
    ...{ self, files: `${self}/files`, results: `${self}/results`, events: `${self}/events` },
    ...{ close: `${self}/close`, cancel: `${self}/cancel`, retry: `${self}/retry` },
  },
};
const batch = json(batchViewSchema, { open: runningBatch });
const stream = `id: progress.open.3.1.1.1.0.0.0\nevent: progress\ndata: ${JSON.stringify(runningBatch)}\n\n`;

const opening =
  'Files may come afterwards, by `POST /batches/{id}/files`; or with it: as `items` that a worker gets; as parts `file` of a ' +
  'form, whose filenames are their paths; or as a zip, tar or tar.gz archive that a worker unpacks, which is the part ' +
  '`archive` of a form or the whole body. A batch that is opened with files closes once it has them, unless `close` is false.';

/** The fields, where the body is an archive or a form. */
const archiveQuery = z
  .object({
    ...{ model: z.string(), metadata: z.string().describe('A JSON object.'), webhook: z.string() },
    ...{ reuse: z.boolean(), close: z.boolean(), priority: z.int().min(0).max(9), timeout: z.number() },
  })
  .partial();

function openingBody(mostTimeoutSeconds: number): Contents {
  const schema = openBatchSchema(mostTimeoutSeconds);
  const model = 'fan-fault';
  return {
    ...json(schema, {
      folder: { model, metadata: { shift: 'night' } },
      items: { model, items: [{ url: 'https://example.com/fan.wav', path: 'line-7/fan.wav' }] },
    }),
    'multipart/form-data': {
      schema: archiveQuery.extend({ file: z.array(bytes).optional(), archive: bytes.optional() }),
      examples: { archive: { model, archive: '(the bytes of the archive)' } },
    },
    ...bytesOf('application/zip', 'application/x-tar', 'application/gzip', 'application/octet-stream'),
  };
}

/** @param mostTimeoutSeconds that a job may run */
export function batchOperations(mostTimeoutSeconds: number): Operations {
  return {
    'POST /batches': {
      operationId: 'openBatch',
      tag: 'batches',
      summary: 'Opens a batch, with its files or without',
      description: opening,
      query: archiveQuery,
      headers: ['Idempotency-Key'],
      body: { content: openingBody(mostTimeoutSeconds) },
      answers: { 201: { description: 'The batch.', headers: ['Location'], content: batch } },
      problems: [
        ...jsonProblems,
        ...idempotencyProblems,
        ...receivingProblems,
        ...(['model_not_found', 'address_not_allowed', 'address_unresolved', 'archive_refused'] as const),
        ...(['job_quota_exceeded', 'storage_quota_exceeded', 'batch_not_found', 'batch_closed'] as const),
        ...(['queue_unavailable', 'store_unavailable'] as const),
      ],
    },
    'GET /batches/:id': {
      operationId: 'readBatch',
      tag: 'batches',
      summary: 'Reads a batch',
      path: batchParameter,
      answers: {
        200: {
          description: 'The batch; `Retry-After` while it is unfinished.',
          headers: ['Retry-After'],
          content: batch,
        },
      },
      problems: found,
    },
    'POST /batches/:id/close': {
      operationId: 'closeBatch',
      tag: 'batches',
      summary: 'Says that no more files will come',
      path: batchParameter,
      answers: { 200: { description: 'The batch.', content: batch } },
      problems: found,
    },
    'POST /batches/:id/cancel': {
      operationId: 'cancelBatch',
      tag: 'batches',
      summary: 'Cancels a batch',
      path: batchParameter,
      answers: { 202: { description: 'The batch; files may be just ending.', content: batch } },
      problems: [...found, 'batch_finished'],
    },
    'POST /batches/:id/retry': {
      operationId: 'retryBatch',
      tag: 'batches',
      summary: 'Runs the failed files of a batch again',
      path: batchParameter,
      answers: { 202: { description: 'The batch.', content: batch } },
      problems: found,
    },
    'GET /batches/:id/events': {
      operationId: 'followBatch',
      tag: 'batches',
      summary: 'Follows a batch until it has finished',
      description:
        'Server-sent events: `progress` each time that the counts have changed, `finished` at the end. A comment is sent ' +
        'when nothing happens.',
      path: batchParameter,
      headers: ['Last-Event-ID'],
      answers: {
        200: { description: 'The events; their data is the batch.', content: eventStream(batchViewSchema, stream) },
        204: { description: 'It has finished, and the last event was met: stay away.' },
      },
      problems: found,
    },
  };
}
