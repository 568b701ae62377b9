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
  'GET /docs': {
    operationId: 'readDocs',
    tag: 'operations',
    summary: 'Shows this description as a page',
    answers: {
      200: { description: 'The page.', content: { 'text/html': { schema: z.string() } } },
    },
    problems: [],
  },
  'GET /docs/:file': {
    operationId: 'readDocsFile',
    tag: 'operations',
    summary: 'Reads a part of that page',
    path: { file: { description: 'Its name.', example: 'swagger-ui.css' } },
    answers: {
      200: {
        description: 'The part.',
        content: {
          'text/css': { schema: z.string() },
          'text/javascript': { schema: z.string() },
          'application/json': { schema: documentSchema },
        },
      },
    },
    problems: ['route_not_found'],
  },
};
