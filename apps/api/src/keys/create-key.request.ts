import { keyScopes, ownerMostCharacters, ownerPattern, type NewKey } from '#jobs';
import { z } from 'zod';
import { parseBody } from '../server/parse-body.js';

const scope = z.enum(keyScopes, { error: `must be some of ${keyScopes.join(', ')}` });

/** The body of `POST /keys`. */
export const createKeySchema = z.strictObject({
  owner: z
    .string({ error: 'must be given: to whom belongs what is made with the key' })
    .max(ownerMostCharacters, `must have ${ownerMostCharacters} characters at most`)
    .regex(ownerPattern, 'must be small letters and digits, with single hyphens between them')
    .describe('To whom belongs what is made with the key.'),
  scopes: z
    .array(scope, { error: 'must be given: a list such as ["submit", "read"]' })
    .min(1, 'must name one scope at least')
    .transform((given) => keyScopes.filter((name) => given.includes(name)))
    .describe('What it may be used for.'),
  name: z
    .string({ error: 'must be a text' })
    .max(100, 'must have 100 characters at most')
    .regex(/^[^\p{Cc}\p{Cf}\p{Surrogate}]*$/u, 'must have no control characters')
    .transform((text) => text.trim() || null)
    .nullable()
    .default(null)
    .describe('For people, to tell keys apart.'),
});

/** @throws EarshotError `invalid_request` with all faults */
export function parseCreateKeyRequest(body: unknown): NewKey {
  return parseBody(createKeySchema, body);
}
