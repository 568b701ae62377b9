import { webhookEvents, type LoggedDelivery, type Webhook } from '#jobs';
import { z } from 'zod';

const time = z.iso.datetime();

const webhookFields = {
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(webhookEvents)),
  description: z.string().nullable(),
  createdAt: time,
  disabled: z
    .object({ at: time, reason: z.string() })
    .nullable()
    .describe('Why and since when nothing is sent; null: it is sent.'),
  failingSince: time.nullable().describe('Since when every attempt has failed; null: the last one succeeded.'),
  links: z.object({ self: z.string(), deliveries: z.string() }),
};

/** A webhook as its owner sees it: without its secret. */
export const webhookViewSchema = z.object(webhookFields).meta({ id: 'Webhook' });
export type WebhookView = z.infer<typeof webhookViewSchema>;

export const webhooksViewSchema = z.object({ webhooks: z.array(webhookViewSchema) }).meta({ id: 'Webhooks' });

/** What only the answer that makes it has: the secret. */
export const newWebhookViewSchema = z
  .object({ ...webhookFields, secret: z.string().describe('`whsec_...`, which no other answer shows.') })
  .meta({ id: 'NewWebhook' });

export const secretViewSchema = z.object({ secret: z.string() }).meta({ id: 'WebhookSecret' });

/** A new secret, and until when the one before it signs as well. */
export const rotatedSecretSchema = z
  .object({ secret: z.string(), previousUntil: time.describe('Until then the secret before it signs as well.') })
  .meta({ id: 'RotatedSecret' });
export type RotatedSecret = z.infer<typeof rotatedSecretSchema>;

/** A delivery as its owner sees it. */
export const deliveryViewSchema = z
  .object({
    id: z.string().describe('The `webhook-id` of its messages.'),
    webhook: z.string().nullable().describe('Null for one that was named with its job or batch.'),
    type: z.string().describe('The event: one that webhooks are told of, or `webhook.test`.'),
    subject: z.string().nullable().describe('The job or batch that it tells of; null for a test.'),
    timestamp: time.describe('When that happened.'),
    status: z
      .enum(['pending', 'delivered', 'failed'])
      .describe('`pending`: it will be tried again; `failed`: it will not.'),
    nextAttemptAt: time.nullable(),
    attempts: z.array(
      z.object({
        at: time,
        durationMs: z.number(),
        status: z.int().nullable().describe('The HTTP status of the answer; null: there was none.'),
        answer: z.string().describe('The first bytes of the answer, or why there was none.'),
      }),
    ),
    links: z.object({ self: z.string(), redeliver: z.string() }),
  })
  .meta({ id: 'Delivery', description: 'One event on its way to one webhook.' });
export type DeliveryView = z.infer<typeof deliveryViewSchema>;

export function toWebhookView(webhook: Webhook, failingSince: number | null): WebhookView {
  const { id, url, events, description, createdAt, disabled } = webhook;
  const self = webhookPath(id);
  return {
    ...{ id, url, events, description },
    createdAt: toIso(createdAt),
    disabled: disabled && { at: toIso(disabled.at), reason: disabled.reason },
    failingSince: failingSince === null ? null : toIso(failingSince),
    links: { self, deliveries: `${self}/deliveries` },
  };
}

export function toDeliveryView({ id, delivery, status, nextAt, attempts }: LoggedDelivery): DeliveryView {
  const { webhook, type, subject, at } = delivery;
  return {
    ...{ id, webhook, type, subject, status },
    timestamp: toIso(at),
    nextAttemptAt: nextAt === null ? null : toIso(nextAt),
    attempts: attempts.map(({ at: begunAt, ms, status: answered, answer }) => ({
      at: toIso(begunAt),
      durationMs: ms,
      status: answered,
      answer,
    })),
    links: { self: deliveryPath(id), redeliver: `${deliveryPath(id)}/redeliver` },
  };
}

/** Where a webhook is found. */
export function webhookPath(id: string): string {
  return `/webhooks/${id}`;
}

/** Where a delivery is found. */
export function deliveryPath(id: string): string {
  return `/deliveries/${id}`;
}

function toIso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
