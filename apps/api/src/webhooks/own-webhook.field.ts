import { ownWebhookSchema } from '#jobs';
import { z } from 'zod';

/** The webhook of a job or batch, in JSON: an address, or `{url, events?}`. */
export const ownWebhookField = z
  .unknown()
  .transform((given) => (typeof given === 'string' ? { url: given } : given))
  .pipe(ownWebhookSchema);

/** The same in a form or a query, where everything is text: an address, or JSON. */
export const ownWebhookText = z
  .string()
  .transform((text) => (text.trimStart().startsWith('{') ? parseJson(text) : text))
  .pipe(ownWebhookField);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
