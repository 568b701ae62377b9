import { auditPageSchema, listActsSchema } from '../audit/audit.view.js';
import { json } from '../openapi/contents.js';
import type { Operations } from '../openapi/operation.js';
import { jsonProblems } from '../openapi/problem-answers.js';
import { createKeySchema } from './create-key.request.js';
import { keysViewSchema, newKeyViewSchema, type KeyView } from './key.view.js';

const asked = { owner: 'acme', scopes: ['submit' as const, 'read' as const], name: 'nightly' };
const view: KeyView = {
  id: 'key_01KAGQ2W6Y3V8Z5N4M7T9R1XBC',
  ...asked,
  ...{ createdAt: '2026-11-21T18:00:00.000Z', lastUsedAt: null, revokedAt: null },
};
const act = {
  ...{ id: '1795284000000-0', at: '2026-11-21T18:00:00.000Z', act: 'key.create', owner: 'admin', keyId: null },
  ...{ subject: { key: view.id, owner: 'acme' }, requestId: '5e7a9c1e-6a55-4f6e-9b3c-0d8f1f0a7c11' },
};

/** API keys, and what was done with them. */
export const keyOperations: Operations = {
  'POST /keys': {
    operationId: 'createKey',
    tag: 'keys',
    summary: 'Makes an API key; two requests make two',
    body: { content: json(createKeySchema, { nightly: asked }) },
    answers: {
      201: {
        description: 'The key, which no other answer shows.',
        content: json(newKeyViewSchema, { made: { ...view, key: 'esk_3vHqW0Zc1nJ8yTgR5kXbLmPdSaFuEiOw2N7rQ4tYxCz' } }),
      },
    },
    problems: [...jsonProblems, 'queue_unavailable'],
  },
  'GET /keys': {
    operationId: 'listKeys',
    tag: 'keys',
    summary: 'Lists the keys of all owners, the newest first',
    answers: { 200: { description: 'All of them.', content: json(keysViewSchema, { one: { keys: [view] } }) } },
    problems: ['queue_unavailable'],
  },
  'DELETE /keys/:id': {
    operationId: 'revokeKey',
    tag: 'keys',
    summary: 'Revokes a key; what is under way goes on',
    path: { id: { description: 'The id of a key.', example: view.id } },
    answers: { 204: { description: 'It is revoked, by all APIs within 3 seconds.' } },
    problems: ['key_not_found', 'queue_unavailable'],
  },
  'GET /audit': {
    operationId: 'listActs',
    tag: 'keys',
    summary: 'Lists who did what to keys and models, the newest first',
    query: listActsSchema,
    answers: {
      200: {
        description: 'A page of acts.',
        content: json(auditPageSchema, { last: { acts: [act], nextCursor: null } }),
      },
    },
    problems: ['queue_unavailable'],
  },
};
