import { EarshotError, keyScopes, ownerMostCharacters, ownerPattern, type NewKey } from '#jobs';
import { z } from 'zod';

const scope = z.enum(keyScopes, { error: `must be some of ${keyScopes.join(', ')}` });

const schema = z.strictObject({
  owner: z
    .string({ error: 'must be given: to whom belongs what is made with the key' })
    .max(ownerMostCharacters, `must have ${ownerMostCharacters} characters at most`)
    .regex(ownerPattern, 'must be small letters and digits, with single hyphens between them'),
  scopes: z
    .array(scope, { error: 'must be given: a list such as ["submit", "read"]' })
    .min(1, 'must name one scope at least')
    .transform((given) => keyScopes.filter((name) => given.includes(name))),
  name: z
    .string({ error: 'must be a text' })
    .max(100, 'must have 100 characters at most')
    .regex(/^[^\p{Cc}\p{Cf}\p{Surrogate}]*$/u, 'must have no control characters')
    .transform((text) => text.trim() || null)
    .nullable()
    .default(null),
});

/** @throws EarshotError `invalid_request` with all faults */
export function parseCreateKeyRequest(body: unknown): NewKey {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => ({ pointer: `/${name}`, detail: 'is no field of this request' }))
      : [
          {
            pointer: `/${issue.path.join('/')}`,
            detail: issue.path.length === 0 ? 'must be a JSON object' : issue.message,
          },
        ],
  );
  const named = faults.map(({ pointer }) => pointer).join(', ');
  throw new EarshotError('invalid_request', `Correct these fields: ${named}.`, { faults, cause: parsed.error });
}
