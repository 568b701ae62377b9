import type { LoggedDelivery, Webhook } from '#jobs';

/** A webhook as its owner sees it: without its secret. */
export function toWebhookView(webhook: Webhook, failingSince: number | null) {
  const { id, url, events, description, createdAt, disabled } = webhook;
  const self = webhookPath(id);
  return {
    id,
    url,
    events,
    description,
    createdAt: toIso(createdAt),
    /** Why and since when nothing is sent; null: it is sent. */
    disabled: disabled && { at: toIso(disabled.at), reason: disabled.reason },
    /** Since when every attempt has failed; null: the last one succeeded. */
    failingSince: failingSince === null ? null : toIso(failingSince),
    links: { self, deliveries: `${self}/deliveries` },
  };
}
export type WebhookView = ReturnType<typeof toWebhookView>;

/** A delivery as its owner sees it. */
export function toDeliveryView({ id, delivery, status, nextAt, attempts }: LoggedDelivery) {
  const { webhook, type, subject, at } = delivery;
  return {
    /** The `webhook-id` of its messages. */
    id,
    webhook,
    type,
    subject,
    timestamp: toIso(at),
    status,
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
export type DeliveryView = ReturnType<typeof toDeliveryView>;

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
