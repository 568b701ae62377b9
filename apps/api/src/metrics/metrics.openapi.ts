import { json } from '../openapi/contents.js';
import type { Operations } from '../openapi/operation.js';
import { z } from 'zod';
import { scalingViewSchema, type ScalingView } from './scaling.view.js';

const exposition = '# TYPE earshot_queue_jobs gauge\nearshot_queue_jobs{queue="cpu",state="waiting"} 12\n';

const busy: ScalingView = {
  queues: {
    cpu: {
      ...{ load: 14, waiting: 12, delayed: 1, taken: 2, oldestWaitSeconds: 0.25 },
      ...{ workers: 1, processes: 2, jobsPerSecond: 56, drainSeconds: 0.25 },
    },
  },
  webhooks: { load: 0, waiting: 0, delayed: 3, taken: 0 },
};

export const metricsOperations: Operations = {
  'GET /metrics': {
    operationId: 'readMetrics',
    tag: 'operations',
    summary: 'Reads the metrics',
    description: 'In Prometheus’ text format; while Redis is away without what it knows.',
    answers: {
      200: {
        description: 'The metrics.',
        content: { 'text/plain': { schema: z.string(), examples: { part: exposition } } },
      },
    },
    problems: [],
  },
  'GET /scaling': {
    operationId: 'readScaling',
    tag: 'operations',
    summary: 'Reads what there is to do, and who does it',
    description: 'For autoscalers.',
    answers: { 200: { description: 'It, at this instant.', content: json(scalingViewSchema, { busy }) } },
    problems: ['queue_unavailable'],
  },
};
