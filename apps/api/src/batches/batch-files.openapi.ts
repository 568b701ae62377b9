import { resultLineSchema, type ResultLine } from '#jobs';
import { z } from 'zod';
import { bytes, bytesOf, json, lines } from '../openapi/contents.js';
import type { Operations } from '../openapi/operation.js';
import { receivingProblems } from '../openapi/problem-answers.js';
import { batchFileSchema, batchFileViewSchema, type BatchFileView } from './batch-file.view.js';
import { batchFound, batchParameter } from './batches.openapi.js';

const job = 'job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC';
const sha256 = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';
const file = { path: 'line-7/fan.wav', sha256, bytes: 2_560_080 };

const taken: BatchFileView = { ...file, contentType: 'audio/wav', error: null, job, links: { job: `/jobs/${job}` } };
const result: ResultLine = { ...file, status: 'succeeded', label: 'Component OK', score: 0.98, error: null, job };

/** The files of one batch. */
export const batchFileOperations: Operations = {
  'POST /batches/:id/files': {
    operationId: 'addBatchFile',
    tag: 'batches',
    summary: 'Adds a file to a batch',
    description:
      'The body is the file, or a form with it. Bytes that the model does not take are a file that has failed, with the reason.',
    path: batchParameter,
    query: z.object({ path: z.string().describe('Its path within the batch: relative, with slashes.') }),
    body: {
      content: {
        ...bytesOf('application/octet-stream', 'audio/*', 'image/*'),
        'multipart/form-data': {
          schema: z.object({ file: bytes }),
          examples: { file: { file: '(the bytes of the file)' } },
        },
      },
    },
    answers: {
      200: { description: 'It was there already, with the same bytes.', content: json(batchFileViewSchema, { taken }) },
      201: { description: 'It is added.', content: json(batchFileViewSchema, { taken }) },
    },
    problems: [
      ...receivingProblems,
      ...batchFound,
      ...(['batch_closed', 'batch_file_differs', 'job_quota_exceeded', 'storage_quota_exceeded'] as const),
    ],
  },
  'GET /batches/:id/files': {
    operationId: 'listBatchFiles',
    tag: 'batches',
    summary: 'Lists the files of a batch',
    path: batchParameter,
    answers: {
      200: { description: 'A line a file, in the order in which they came.', content: lines(batchFileSchema, file) },
    },
    problems: batchFound,
  },
  'GET /batches/:id/results': {
    operationId: 'readBatchResults',
    tag: 'batches',
    summary: 'Reads the results of a batch, also while it is under way',
    description: 'As JSON, or as CSV for who accepts that first or says so.',
    path: batchParameter,
    query: z.object({ format: z.enum(['csv', 'ndjson']).optional() }),
    answers: {
      200: {
        description: 'A line a file, in the order in which they came.',
        content: {
          ...lines(resultLineSchema, result),
          'text/csv': {
            schema: z.string(),
            examples: {
              lines: `path,status,label,score,error,detail,job\r\nline-7/fan.wav,succeeded,Component OK,0.98,,,${job}\r\n`,
            },
          },
        },
      },
    },
    problems: batchFound,
  },
};
