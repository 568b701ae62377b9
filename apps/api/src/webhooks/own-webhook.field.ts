import { ownWebhookSchema } from '#jobs';
import { z } from 'zod';

const inFull = { ...z.toJSONSchema(ownWebhookSchema, { io: 'input' }), $schema: undefined };
/** What a description says of it, as it cannot be told from a transformation. */
const eitherForm = { anyOf: [{ type: 'string', format: 'uri' }, inFull] };

/** The webhook of a job or batch, in JSON: an address, or `{url, events?}`. */
export const ownWebhookField = z
  .unknown()
  .transform((given) => (typeof given === 'string' ? { url: given } : given))
  .pipe(ownWebhookSchema)
  .meta(eitherForm);

/** The same in a form or a query, where everything is text: an address, or JSON. */
export const ownWebhookText = z
  .string()
  .transform((text) => (text.trimStart().startsWith('{') ? parseJson(text) : text))
  .pipe(ownWebhookField)
  .meta(eitherForm);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
