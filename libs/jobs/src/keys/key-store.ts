import type { Redis } from 'ioredis';
import { luaScript } from '../lua-script.js';
import { keyHashesKey, keyRecordKey, keyRecordSchema, keysKey, newKeyId, type KeyRecord } from './key-record.js';
import { hashKeyText, newKeyText } from './key-text.js';
import type { Scope } from './scopes.js';

/** How exactly it is known when a key was last used. */
const usedWithinMs = 60_000;

export interface NewKey {
  owner: string;
  scopes: readonly Scope[];
  name: string | null;
}

/**
 * Makes a key.
 *
 * @returns what is stored, and the key itself, which is not and cannot be shown again
 */
export async function createKey(
  redis: Redis,
  { owner, scopes, name }: NewKey,
  now: number = Date.now(),
): Promise<{ text: string; record: KeyRecord }> {
  const text = newKeyText();
  const [id, hash] = [newKeyId(), hashKeyText(text)];
  const fields = { id, owner, scopes: scopes.join(' '), name: name ?? '', hash, createdAt: now };
  const steps = redis.multi().hset(keyRecordKey(id), fields).zadd(keysKey, now, id).hset(keyHashesKey, hash, id);
  requireDone(await steps.exec());
  return { text, record: keyRecordSchema.parse(fields) };
}

const findScript = luaScript(`
local id = redis.call('HGET', KEYS[1], ARGV[1])
if not id then return false end
local key = KEYS[2] .. id
if tonumber(redis.call('HGET', key, 'lastUsedAt') or 0) + tonumber(ARGV[3]) <= tonumber(ARGV[2]) then
  redis.call('HSET', key, 'lastUsedAt', ARGV[2])
end
return redis.call('HGETALL', key)`);

/** The key with this hash, and notes that it was used; null if there is none, or it was revoked. */
export async function findKey(redis: Redis, hash: string, now: number = Date.now()): Promise<KeyRecord | null> {
  const found = (await findScript(redis, [keyHashesKey, keyRecordKey('')], [hash, now, usedWithinMs])) as
    string[] | null;
  if (found === null) return null;
  const pairs = found.flatMap((field, at) => (at % 2 === 0 ? [[field, found[at + 1]]] : []));
  return keyRecordSchema.parse(Object.fromEntries(pairs));
}

/** All keys, the newest first, revoked ones too. */
export async function listKeys(redis: Redis): Promise<KeyRecord[]> {
  const ids = await redis.zrevrange(keysKey, 0, -1);
  const records = await Promise.all(ids.map((id) => redis.hgetall(keyRecordKey(id))));
  return records.map((fields) => keyRecordSchema.parse(fields));
}

const revokeScript = luaScript(`
local hash = redis.call('HGET', KEYS[1], 'hash')
if not hash then return 'missing' end
redis.call('HDEL', KEYS[2], hash)
return redis.call('HSETNX', KEYS[1], 'revokedAt', ARGV[1]) == 1 and 'revoked' or 'already'`);

/** Ends a key for good. Safe to repeat: the first time counts. */
export async function revokeKey(
  redis: Redis,
  id: string,
  now: number = Date.now(),
): Promise<'revoked' | 'already' | 'missing'> {
  return (await revokeScript(redis, [keyRecordKey(id), keyHashesKey], [now])) as 'revoked' | 'already' | 'missing';
}

function requireDone(replies: [error: Error | null, result: unknown][] | null): void {
  for (const [error] of replies ?? []) if (error) throw error;
}
