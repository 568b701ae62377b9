import type { Redis } from 'ioredis';
import { luaScript } from '../lua-script.js';
import { batchUploadPrefix, inputPrefix, resultPrefix, uploadPrefix } from '../object-keys.js';
import type { ObjectStore } from '../store/object-store.js';
import { storedBytesKey, storedBytesSinceKey } from './quota-limits.js';

/** For scripts that change what an owner has stored. */
export const countBytesLua = `
local function countBytes(stored, since, owner, bytes)
  redis.call('HINCRBY', stored, owner, bytes)
  redis.call('HINCRBY', since, owner, bytes)
end
local function releaseBytes(stored, since, owner, bytes)
  countBytes(stored, since, owner, '-' .. bytes)
  if tonumber(redis.call('HGET', stored, owner)) <= 0 then redis.call('HDEL', stored, owner) end
end
`;

const releaseScript = luaScript(`${countBytesLua}
releaseBytes(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
return 1`);

/** Takes bytes that were removed from the store off what the owner has. */
export async function releaseBytes(redis: Redis, owner: string, bytes: number): Promise<void> {
  if (bytes > 0) await releaseScript(redis, [storedBytesKey, storedBytesSinceKey], [owner, bytes]);
}

const replaceScript = luaScript(`
local stored, since = KEYS[1], KEYS[2]
redis.call('DEL', stored)
for i = 1, #ARGV, 2 do redis.call('HSET', stored, ARGV[i], ARGV[i + 1]) end
local changes = redis.call('HGETALL', since)
for i = 1, #changes, 2 do
  if redis.call('HINCRBY', stored, changes[i], changes[i + 1]) <= 0 then redis.call('HDEL', stored, changes[i]) end
end
return 1`);

/**
 * Counts anew, from the store itself, what each owner has. Between recounts the count knows of inputs that came with their
 * jobs, of deleted jobs and of archives; what else comes and goes (results, uploads, inputs that workers fetch, what is swept) it learns here.
 *
 * What changes meanwhile may count double or not at all until the next recount, never for longer, as each begins with
 * nothing. Two at once would do the same to each other.
 *
 * @param startedAt what was written from then on is left to the running count
 */
export async function recountStoredBytes(redis: Redis, store: ObjectStore, startedAt = Date.now()): Promise<void> {
  await redis.del(storedBytesSinceKey);
  const byOwner = new Map<string, number>();
  for (const prefix of [inputPrefix, resultPrefix, uploadPrefix, batchUploadPrefix]) {
    for await (const { key, bytes, modifiedAt } of store.list(prefix)) {
      if (modifiedAt.getTime() >= startedAt) continue;
      const owner = key.slice(prefix.length).split('/', 1)[0] ?? '';
      byOwner.set(owner, (byOwner.get(owner) ?? 0) + bytes);
    }
  }
  await replaceScript(redis, [storedBytesKey, storedBytesSinceKey], [...byOwner].flat());
}
