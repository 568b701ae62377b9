import type { Redis } from 'ioredis';
import { z } from 'zod';
import { luaScript } from '../lua-script.js';
import { batchKeys, unfinishedBatchesKey, unfinishedBatchesOf } from './batch-keys.js';
import { fileEnds } from './batch.js';
import { fileErrorSchema } from './file-error.js';

/** How the job of a file has ended, as the results of its batch show it. */
export const endOfFileSchema = z.object({
  /** `again`: it had ended, and is run once more. */
  status: z.enum([...fileEnds, 'again']),
  /** When, in milliseconds since 1970: it tells one end of a job from another. */
  at: z.number(),
  label: z.string().nullish(),
  score: z.number().nullish(),
  error: fileErrorSchema.nullish(),
  /** Of bytes that were obtained. */
  sha256: z.string().nullish(),
  bytes: z.number().nullish(),
});
export type EndOfFile = z.infer<typeof endOfFileSchema>;

/**
 * Lua for other scripts: the batch is over once it is closed, its archive is unpacked and each of its files has ended; a
 * canceled one has no more of its archive unpacked.
 */
export const finishLua = `
local function finishIfOver(batch, now)
  local state = redis.call('HMGET', batch, 'closedAt', 'canceledAt', 'finishedAt', 'total', 'done', 'unpacking')
  if state[3] or not (state[1] or state[2]) or (state[4] or '0') ~= (state[5] or '0') then return false end
  if state[6] == 'running' and not state[2] then return false end
  redis.call('HSET', batch, 'finishedAt', now)
  redis.call('HINCRBY', batch, 'finishes', 1)
  return true
end
`;

/** An end stands until the file is run again. Then the same end, told late, changes nothing. */
const endScript = luaScript(`${finishLua}
local batch, ends, unsure = KEYS[1], KEYS[2], KEYS[3]
local path, text, now = ARGV[1], ARGV[2], ARGV[3]
if redis.call('EXISTS', batch) == 0 then return 0 end
local known = redis.call('HGET', ends, path)
local told = cjson.decode(text)
if known then
  local before = cjson.decode(known)
  if before.status ~= 'again' or before.at == told.at then return 0 end
end
redis.call('HSET', ends, path, text)
redis.call('ZREM', unsure, path)
redis.call('HINCRBY', batch, told.status, 1)
redis.call('HINCRBY', batch, 'done', 1)
return finishIfOver(batch, now) and 2 or 1`);

/**
 * Counts the end of a file. Told twice of one end, it counts it once.
 *
 * @returns whether the batch is over with it
 */
export async function endFile(
  redis: Redis,
  batchId: string,
  path: string,
  end: EndOfFile,
  now: number = Date.now(),
): Promise<boolean> {
  const { batch, ends, unsure } = batchKeys(batchId);
  return (await endScript(redis, [batch, ends, unsure], [path, JSON.stringify(end), now])) === 2;
}

const againScript = luaScript(`
local batch, ends, unsure, unfinished, ofOwner = KEYS[1], KEYS[2], KEYS[3], KEYS[#KEYS - 1], KEYS[#KEYS]
local path, now, id, at = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if redis.call('EXISTS', batch) == 0 then return 0 end
local known = redis.call('HGET', ends, path)
local before = known and cjson.decode(known)
if before and (before.status == 'succeeded' or before.at ~= at) then return 0 end
redis.call('HSET', ends, path, cjson.encode({ status = 'again', at = at }))
redis.call('ZADD', unsure, now, path)
if before and before.status ~= 'again' then
  redis.call('HINCRBY', batch, before.status, -1)
  redis.call('HINCRBY', batch, 'done', -1)
end
redis.call('HDEL', batch, 'finishedAt')
for i = 1, #KEYS - 2 do redis.call('PERSIST', KEYS[i]) end
redis.call('SADD', unfinished, id)
redis.call('SADD', ofOwner, id)
return 1`);

/**
 * Takes a file's end back, as its job is to be run again; the path is unsure until that is so. An end that has not been
 * told yet counts no more either.
 *
 * @param at when the job had ended
 */
export async function runFileAgain(
  redis: Redis,
  { owner, id, path }: { owner: string; id: string; path: string },
  at: number,
  now: number = Date.now(),
): Promise<void> {
  const { batch, ends, unsure, files, order } = batchKeys(id);
  const lists = [unfinishedBatchesKey, unfinishedBatchesOf(owner)];
  await againScript(redis, [batch, ends, unsure, files, order, ...lists], [path, now, id, at]);
}

const stopScript = luaScript(`${finishLua}
local batch, field, now = KEYS[1], ARGV[1], ARGV[2]
if redis.call('EXISTS', batch) == 0 then return 0 end
if redis.call('HEXISTS', batch, 'finishedAt') == 1 then return 0 end
redis.call('HSETNX', batch, field, now)
finishIfOver(batch, now)
return 1`);

/** No more files will come. Safe to repeat. */
export async function closeBatch(redis: Redis, batchId: string, now: number = Date.now()): Promise<void> {
  await stopScript(redis, [batchKeys(batchId).batch], ['closedAt', now]);
}

/**
 * No more files will come, and those that have not ended are to be canceled by whoever looks after the batch.
 *
 * @returns false if the batch was over
 */
export async function markCanceled(redis: Redis, batchId: string, now: number = Date.now()): Promise<boolean> {
  return (await stopScript(redis, [batchKeys(batchId).batch], ['canceledAt', now])) === 1;
}
