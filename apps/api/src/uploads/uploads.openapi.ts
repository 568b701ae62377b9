import { z } from 'zod';
import { bytesOf, json } from '../openapi/contents.js';
import type { Operations } from '../openapi/operation.js';
import { jsonProblems, receivingProblems } from '../openapi/problem-answers.js';
import { openUploadSchema } from './open-upload.request.js';
import { openedUploadSchema, receivedUploadSchema } from './upload.view.js';

const id = 'upload_01KAGQ2W6Y3V8Z5N4M7T9R1XBC';
const query = 'owner=local&bytes=2560080&expires=1795284900000&signature=0VhUtxKxjxvYpTJQTFnbJzRfYbGgyyFR0OhBf1aHsTk';
const headers = { 'content-type': 'audio/wav' };

export const uploadOperations: Operations = {
  'POST /uploads': {
    operationId: 'openUpload',
    tag: 'uploads',
    summary: 'Hands out an address to which an input is uploaded',
    description: 'Whoever has the address may upload exactly so many bytes, within 15 minutes, without a key.',
    body: {
      content: json(openUploadSchema, { recording: { bytes: 2_560_080, contentType: 'audio/wav' } }),
    },
    answers: {
      201: {
        description: 'The address.',
        content: json(openedUploadSchema, {
          here: {
            ...{ id, method: 'PUT', url: `/uploads/${id}?${query}`, headers, bytes: 2_560_080 },
            expiresAt: '2026-11-21T18:15:00.000Z',
          },
        }),
      },
    },
    problems: [...jsonProblems, 'input_too_large', 'storage_quota_exceeded', 'queue_unavailable', 'store_unavailable'],
  },
  'PUT /uploads/:id': {
    operationId: 'upload',
    tag: 'uploads',
    summary: 'Takes the bytes of an upload, once',
    description:
      'Where the object store does not take them itself. The query is that of the address that was handed out.',
    path: { id: { description: 'The id of the upload.', example: id } },
    query: z.object({
      owner: z.string(),
      bytes: z.string(),
      expires: z.string(),
      signature: z.string(),
    }),
    body: { content: bytesOf('*/*') },
    answers: {
      200: {
        description: 'The bytes are there.',
        content: json(receivedUploadSchema, { received: { id, bytes: 2_560_080 } }),
      },
    },
    problems: [...receivingProblems, 'upload_link_refused'],
  },
};
