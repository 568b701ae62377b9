import { json } from '../openapi/contents.js';
import type { Operations } from '../openapi/operation.js';
import { aliveSchema, readinessSchema, type Readiness } from './health.view.js';

const ready: Readiness = {
  status: 'ready',
  checks: { redis: { ok: true }, store: { ok: true } },
  workers: [{ id: 'host-1/4711', engine: 'onnxruntime-node 1.30.0 cpu', queues: ['cpu'], processes: 2 }],
  warnings: [],
};

export const healthOperations: Operations = {
  'GET /livez': {
    operationId: 'readLiveness',
    tag: 'operations',
    summary: 'Says that the process runs',
    answers: { 200: { description: 'It does.', content: json(aliveSchema, { alive: { status: 'alive' } }) } },
    problems: [],
  },
  'GET /readyz': {
    operationId: 'readReadiness',
    tag: 'operations',
    summary: 'Says whether jobs can be taken',
    description: 'With the scope `ops`, or on an API without keys, also why not, and which workers there are.',
    answers: {
      200: { description: 'They can.', content: json(readinessSchema, { ready, bare: { status: 'ready' } }) },
      503: {
        description: 'They cannot now.',
        content: json(readinessSchema, {
          unavailable: {
            ...ready,
            ...{ status: 'unavailable', workers: [] },
            checks: { redis: { ok: false, detail: 'The connection is closed.' }, store: { ok: true } },
          },
        }),
      },
    },
    problems: [],
  },
};
