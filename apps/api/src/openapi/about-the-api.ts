import type { Tag } from './operation.js';

/** The head of the description. */
export const aboutTheApi = {
  title: 'Earshot',
  version: '0.1.0',
  summary: 'Recordings and images in, labels out, through a queue.',
  description: [
    'JSON in camelCase, times in ISO 8601 UTC, durations in seconds or with the unit in the name.',
    'Every error is `application/problem+json` (RFC 9457) with a `code`. A path that does not exist is',
    '`404 route_not_found`, a method that a path does not take `405 method_not_allowed`, with `Allow`.',
    'Unknown fields and parameters of requests are refused; answers may have more fields in later versions.',
    'An API without keys (`EARSHOT_AUTH=none`) answers only programs on its own machine.',
  ].join(' '),
} as const;

/** In the order in which they are shown. */
export const tags: readonly { name: Tag; description: string }[] = [
  { name: 'jobs', description: 'One recording or image each: submitting it, following it, its result.' },
  { name: 'uploads', description: 'Inputs that are uploaded before their job is submitted.' },
  { name: 'batches', description: 'Folders of recordings, a job for each file.' },
  { name: 'webhooks', description: 'Who is told of jobs and batches, and what was sent.' },
  { name: 'models', description: 'What jobs can be predicted with, and changing it.' },
  { name: 'keys', description: 'API keys, and what was done with them.' },
  { name: 'operations', description: 'Whether the service lives and how it fares; its own description.' },
  { name: 'old routes', description: 'Routes of older servers, for their clients.' },
];
