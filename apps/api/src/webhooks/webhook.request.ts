import { mostUrlCharacters, webhookEventsSchema } from '#jobs';
import { z } from 'zod';

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(mostUrlCharacters, `must have ${mostUrlCharacters} characters at most`);

const description = z
  .string({ error: 'must be a text' })
  .max(200, 'must have 200 characters at most')
  .regex(/^[^\p{Cc}\p{Surrogate}]*$/u, 'must have no control characters')
  .nullable();

/** The body of `POST /webhooks`. */
export const newWebhookSchema = z.strictObject({
  url,
  events: webhookEventsSchema,
  description: description.default(null),
});
export type NewWebhookRequest = z.infer<typeof newWebhookSchema>;

/** The body of `PATCH /webhooks/{id}`: what is to be changed. */
export const webhookChangeSchema = z.strictObject({
  url: url.optional(),
  events: webhookEventsSchema.optional(),
  description: description.optional(),
  disabled: z.boolean({ error: 'must be true or false' }).optional(),
});
export type WebhookChangeRequest = z.infer<typeof webhookChangeSchema>;
