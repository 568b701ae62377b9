import { json } from '../openapi/contents.js';
import type { Operation, Operations } from '../openapi/operation.js';
import { deliveriesPageSchema } from './deliveries-page.js';
import { listDeliveriesSchema } from './list-deliveries.request.js';
import { deliveryViewSchema, type DeliveryView } from './webhook.view.js';

const id = 'delivery_6d0f8a4bb1c15d6a0a6a6c8f2b3e4d5f';
const path: Operation['path'] = { id: { description: 'The id of a delivery: its `webhook-id`.', example: id } };
const found = ['delivery_not_found', 'queue_unavailable'] as const;

/** One that is tried again. */
export const exampleDelivery: DeliveryView = {
  id,
  webhook: 'webhook_01KAGQ2W6Y3V8Z5N4M7T9R1XBC',
  type: 'job.succeeded',
  subject: 'job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC',
  timestamp: '2026-11-21T18:00:00.021Z',
  status: 'pending',
  nextAttemptAt: '2026-11-21T18:00:05.430Z',
  attempts: [{ at: '2026-11-21T18:00:00.030Z', durationMs: 12, status: 500, answer: 'try later' }],
  links: { self: `/deliveries/${id}`, redeliver: `/deliveries/${id}/redeliver` },
};

/** What was sent to webhooks. */
export const deliveryOperations: Operations = {
  'GET /deliveries': {
    operationId: 'listDeliveries',
    tag: 'webhooks',
    summary: 'Lists what was sent to webhooks that were named with a job or batch, the newest first',
    query: listDeliveriesSchema,
    answers: {
      200: {
        description: 'The latest 200, for 7 days.',
        content: json(deliveriesPageSchema, { last: { deliveries: [exampleDelivery], nextCursor: null } }),
      },
    },
    problems: ['queue_unavailable'],
  },
  'GET /deliveries/:id': {
    operationId: 'readDelivery',
    tag: 'webhooks',
    summary: 'Reads a delivery',
    path,
    answers: { 200: { description: 'The delivery.', content: json(deliveryViewSchema, { pending: exampleDelivery }) } },
    problems: found,
  },
  'POST /deliveries/:id/redeliver': {
    operationId: 'redeliver',
    tag: 'webhooks',
    summary: 'Sends the same message again, at once, under the same `webhook-id`',
    path,
    answers: { 202: { description: 'The delivery.', content: json(deliveryViewSchema, { pending: exampleDelivery }) } },
    problems: [...found, 'webhook_not_found', 'webhook_disabled'],
  },
};
