import { eventSchemas, type EventType } from '#jobs';
import { webhookEventDescriptions, type EventDescription } from '../webhooks/events.openapi.js';
import { mapValues } from './map-values.js';
import type { JsonSchema, SchemaCollection } from './schema-collection.js';

const deliveryId = 'delivery_6d0f8a4bb1c15d6a0a6a6c8f2b3e4d5f';

/** Those of Standard Webhooks 1.0. */
const headers = {
  'webhook-id': { description: 'The id of the delivery, the same at every attempt.', example: deliveryId },
  'webhook-timestamp': { description: 'When this attempt is made, in seconds since 1970.', example: '1795284000' },
  'webhook-signature': {
    description:
      '`v1,` and the base64 of an HMAC-SHA256 of `id.timestamp.body` with the secret; with spaces between them where two sign.',
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
};

const responses = {
  '2XX': { description: 'It was received. It must be so within 15 s, and the body is not looked at.' },
  410: { description: 'Nothing more is wanted: a registered webhook is disabled.' },
  default: {
    description:
      'It was not received: all else, redirects too. It is tried ten times, over three days; after `429` and `503` no sooner than `Retry-After` asks.',
  },
};

/** What webhooks are sent, as the `webhooks` of OpenAPI 3.1. */
export function toWebhooks(schemas: SchemaCollection): Record<string, { post: JsonSchema }> {
  return mapValues<EventDescription<EventType>, { post: JsonSchema }>(
    webhookEventDescriptions,
    ({ operationId, summary, example }, type) => ({
      post: {
        ...{ operationId, tags: ['webhooks'], summary, security: [] },
        parameters: Object.keys(headers).map((name) => ({ $ref: `#/components/parameters/${name}` })),
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: schemas.toSchema(eventSchemas[type as EventType], 'output'),
              examples: { [type]: { value: example } },
            },
          },
        },
        responses,
      },
    }),
  );
}

/** The components that these refer to. */
export function webhookHeaderParameters(): Record<string, JsonSchema> {
  return mapValues(headers, ({ description, example }, name) => ({
    ...{ name, in: 'header', required: true, description, schema: { type: 'string' }, example },
  }));
}
