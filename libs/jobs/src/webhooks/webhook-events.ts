import { z } from 'zod';

/** What webhooks can be told of. */
export const webhookEvents = [
  'job.running',
  'job.succeeded',
  'job.failed',
  'job.canceled',
  'job.expired',
  'batch.finished',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** What is told where nobody says what to tell: every end. */
export const endEvents = webhookEvents.filter((event) => event !== 'job.running');

/** The longest address that is taken, in characters. */
export const mostUrlCharacters = 2000;

const message = 'must be a list of events, each once: ' + webhookEvents.join(', ');

/** Some events, at least one, each once. */
export const webhookEventsSchema = z
  .array(z.enum(webhookEvents, { error: message }), { error: message })
  .min(1, { error: message })
  .refine((events) => new Set(events).size === events.length, { error: message });

/** Who is told of one job or batch, besides the registered webhooks; without `events`, of its end. */
export const ownWebhookSchema = z.strictObject(
  {
    url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(mostUrlCharacters),
    events: webhookEventsSchema.optional(),
  },
  { error: 'must be an address, or {"url": "...", "events": ["job.succeeded"]}' },
);
export type OwnWebhook = z.infer<typeof ownWebhookSchema>;

/** True when the event is to be told to the webhook of a job or batch. */
export function listensTo({ events = endEvents }: OwnWebhook, event: WebhookEvent): boolean {
  return events.includes(event);
}
