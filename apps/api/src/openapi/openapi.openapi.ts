import { z } from 'zod';
import { json } from './contents.js';
import type { Operations } from './operation.js';

const documentSchema = z.looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string() }) });

export const openApiOperations: Operations = {
  'GET /openapi.json': {
    operationId: 'readDescription',
    tag: 'operations',
    summary: 'Describes the API, as OpenAPI 3.1 has it',
    headers: ['If-None-Match'],
    answers: {
      200: {
        description: 'The description.',
        headers: ['ETag'],
        content: json(documentSchema, { head: { openapi: '3.1.1', info: { title: 'Earshot' } } }),
      },
      304: { description: 'It is still as `If-None-Match` names it.', headers: ['ETag'] },
    },
    problems: [],
  },
};
