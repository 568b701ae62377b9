import { keyScopes, type KeyRecord } from '#jobs';
import { z } from 'zod';

const time = z.iso.datetime();

const fields = {
  id: z.string(),
  owner: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  name: z.string().nullable(),
  createdAt: time,
  lastUsedAt: time.nullable().describe('To the minute; null: never.'),
  revokedAt: time.nullable(),
};

/** A key as administrators see it: all but the key itself and its hash. */
export const keyViewSchema = z.object(fields).meta({ id: 'Key', description: 'An API key, without the key itself.' });
export type KeyView = z.infer<typeof keyViewSchema>;

/** What only the answer that makes it has: the key itself. */
export const newKeyViewSchema = z
  .object({ ...fields, key: z.string().describe('The key itself, which no other answer shows.') })
  .meta({ id: 'NewKey' });

export const keysViewSchema = z.object({ keys: z.array(keyViewSchema) }).meta({ id: 'Keys' });

export function toKeyView({ id, owner, scopes, name, createdAt, lastUsedAt, revokedAt }: KeyRecord): KeyView {
  return {
    ...{ id, owner, scopes, name },
    createdAt: toIso(createdAt),
    lastUsedAt: lastUsedAt === undefined ? null : toIso(lastUsedAt),
    revokedAt: revokedAt === undefined ? null : toIso(revokedAt),
  };
}

function toIso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
