import { z } from 'zod';
import { newUlid } from '../ids.js';
import { redisKey } from '../queues.js';
import { keyScopes } from './scopes.js';

/** What an owner's name may look like: it is a part of keys in the object store. */
export const ownerPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const ownerMostCharacters = 64;

const time = z.coerce.number().int();

/** A key as Redis keeps it, in a hash of its own; times in milliseconds since 1970. The key itself is kept nowhere. */
export const keyRecordSchema = z.object({
  id: z.string(),
  owner: z.string(),
  scopes: z.string().transform((text) => keyScopes.filter((scope) => text.split(' ').includes(scope))),
  name: z.string().transform((text) => text || null),
  /** Of its text, hexadecimal. */
  hash: z.string(),
  createdAt: time,
  /** When it was last seen, to within a minute. */
  lastUsedAt: time.optional(),
  revokedAt: time.optional(),
});
export type KeyRecord = z.output<typeof keyRecordSchema>;

const idPattern = /^key_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

export function newKeyId(): string {
  return `key_${newUlid()}`;
}

export function isKeyId(text: string): boolean {
  return idPattern.test(text);
}

/** One API key (a hash). */
export function keyRecordKey(id: string): string {
  return redisKey('key', id);
}

/** The ids of all keys, revoked ones too; score the time at which they were made (a sorted set). */
export const keysKey = redisKey('keys');

/** Which key has which hash: field the hash, value the id (a hash). Revoked keys are not in it. */
export const keyHashesKey = redisKey('key-hashes');
