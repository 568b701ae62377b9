import { json } from '../openapi/contents.js';
import type { Operation, Operations } from '../openapi/operation.js';
import { jsonProblems } from '../openapi/problem-answers.js';
import { ownLimitsViewSchema, setOwnLimitsSchema, type OwnLimitsView } from './own-limits.view.js';

const path: Operation['path'] = { owner: { description: 'The name of an owner.', example: 'acme' } };
const asked = { rateLimit: '500/10', quotaJobs: 20_000, quotaBytes: null };
const acme: OwnLimitsView = { owner: 'acme', ...asked };

/** What single owners may have and do. */
export const limitOperations: Operations = {
  'GET /owners/:owner/limits': {
    operationId: 'readOwnLimits',
    tag: 'keys',
    summary: 'Reads an owner’s own limits',
    path,
    answers: {
      200: { description: 'Those that differ from the settings.', content: json(ownLimitsViewSchema, { acme }) },
    },
    problems: ['invalid_request', 'queue_unavailable'],
  },
  'PUT /owners/:owner/limits': {
    operationId: 'setOwnLimits',
    tag: 'keys',
    summary: 'Replaces an owner’s own limits',
    description: 'What is left out is as the settings say; null is no limit. In force within 3 seconds.',
    path,
    body: { content: json(setOwnLimitsSchema, { acme: asked, none: {} }) },
    answers: { 200: { description: 'As they are now.', content: json(ownLimitsViewSchema, { acme }) } },
    problems: [...jsonProblems, 'queue_unavailable'],
  },
};
