import { json } from '../openapi/contents.js';
import type { Operation, Operations } from '../openapi/operation.js';
import { jsonProblems } from '../openapi/problem-answers.js';
import { deliveriesPageSchema } from './deliveries-page.js';
import { exampleDelivery } from './deliveries.openapi.js';
import { listDeliveriesSchema } from './list-deliveries.request.js';
import { newWebhookSchema, webhookChangeSchema } from './webhook.request.js';
import {
  deliveryViewSchema,
  newWebhookViewSchema,
  rotatedSecretSchema,
  secretViewSchema,
  webhooksViewSchema,
  webhookViewSchema,
  type WebhookView,
} from './webhook.view.js';

const id = 'webhook_01KAGQ2W6Y3V8Z5N4M7T9R1XBC';
const path: Operation['path'] = { id: { description: 'The id of a webhook.', example: id } };
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw4GQeGJ1y2nA=';
const rotated = { secret, previousUntil: '2026-11-22T18:00:00.000Z' };
const addressProblems = ['address_not_allowed', 'address_unresolved'] as const;
const found = ['webhook_not_found', 'queue_unavailable'] as const;

const asked = {
  ...{ url: 'https://hooks.example.com/earshot', events: ['job.succeeded', 'job.failed'] as WebhookView['events'] },
  description: 'line 7',
};
const webhook: WebhookView = {
  ...{ id, ...asked, createdAt: '2026-11-21T18:00:00.000Z', disabled: null, failingSince: null },
  links: { self: `/webhooks/${id}`, deliveries: `/webhooks/${id}/deliveries` },
};

/** The webhooks of an owner. */
export const webhookOperations: Operations = {
  'POST /webhooks': {
    operationId: 'registerWebhook',
    tag: 'webhooks',
    summary: 'Registers a webhook, which is told of all jobs and batches of its owner',
    body: { content: json(newWebhookSchema, { ends: asked }) },
    answers: {
      201: {
        description: 'The webhook, and its secret, which no other answer shows.',
        headers: ['Location'],
        content: json(newWebhookViewSchema, { registered: { ...webhook, secret } }),
      },
    },
    problems: [...jsonProblems, ...addressProblems, 'webhook_limit_reached', 'queue_unavailable'],
  },
  'GET /webhooks': {
    operationId: 'listWebhooks',
    tag: 'webhooks',
    summary: 'Lists the webhooks',
    answers: {
      200: { description: 'All of them.', content: json(webhooksViewSchema, { one: { webhooks: [webhook] } }) },
    },
    problems: ['queue_unavailable'],
  },
  'GET /webhooks/secret': {
    operationId: 'readWebhookSecret',
    tag: 'webhooks',
    summary: 'Reads the secret that signs what goes to webhooks that were named with a job or batch',
    answers: { 200: { description: 'The secret.', content: json(secretViewSchema, { secret: { secret } }) } },
    problems: ['webhook_secret_unreadable', 'queue_unavailable'],
  },
  'POST /webhooks/secret/rotate': {
    operationId: 'rotateOwnWebhookSecret',
    tag: 'webhooks',
    summary: 'Replaces that secret; both sign for a day',
    answers: { 200: { description: 'The new one.', content: json(rotatedSecretSchema, { rotated }) } },
    problems: ['webhook_secret_unreadable', 'queue_unavailable'],
  },
  'GET /webhooks/:id': {
    operationId: 'readWebhook',
    tag: 'webhooks',
    summary: 'Reads a webhook',
    path,
    answers: { 200: { description: 'The webhook.', content: json(webhookViewSchema, { webhook }) } },
    problems: found,
  },
  'PATCH /webhooks/:id': {
    operationId: 'changeWebhook',
    tag: 'webhooks',
    summary: 'Changes a webhook',
    path,
    body: { content: json(webhookChangeSchema, { enable: { disabled: false } }) },
    answers: { 200: { description: 'The webhook as it is now.', content: json(webhookViewSchema, { webhook }) } },
    problems: [...found, ...jsonProblems, ...addressProblems],
  },
  'DELETE /webhooks/:id': {
    operationId: 'removeWebhook',
    tag: 'webhooks',
    summary: 'Removes a webhook; what is on its way to it ends',
    path,
    answers: { 204: { description: 'It is gone.' } },
    problems: found,
  },
  'POST /webhooks/:id/rotate-secret': {
    operationId: 'rotateWebhookSecret',
    tag: 'webhooks',
    summary: 'Gives a webhook a new secret; both sign for a day',
    path,
    answers: { 200: { description: 'The new one.', content: json(rotatedSecretSchema, { rotated }) } },
    problems: [...found, 'webhook_secret_unreadable'],
  },
  'POST /webhooks/:id/test': {
    operationId: 'testWebhook',
    tag: 'webhooks',
    summary: 'Sends a `webhook.test`, once',
    path,
    answers: {
      202: {
        description: 'The delivery; `Location` tells what came of it.',
        headers: ['Location'],
        content: json(deliveryViewSchema, { pending: exampleDelivery }),
      },
    },
    problems: [...found, 'webhook_disabled'],
  },
  'GET /webhooks/:id/deliveries': {
    operationId: 'listWebhookDeliveries',
    tag: 'webhooks',
    summary: 'Lists what was sent to a webhook, the newest first',
    path,
    query: listDeliveriesSchema,
    answers: {
      200: {
        description: 'The latest 200, for 7 days.',
        content: json(deliveriesPageSchema, { last: { deliveries: [exampleDelivery], nextCursor: null } }),
      },
    },
    problems: found,
  },
};
