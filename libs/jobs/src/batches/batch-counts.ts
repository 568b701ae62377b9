import type { Redis } from 'ioredis';
import { parseFailedReason } from '../failure.js';
import { queueKeyBase } from '../job-location.js';
import { endedStatus } from '../job-snapshot.js';
import { luaScript } from '../lua-script.js';
import { batchKeys } from './batch-keys.js';
import { fileEnds, type Batch, type FileEnd } from './batch.js';

/** How many of a batch's files are where. They add up to `total`. */
export type BatchCounts = Record<'total' | 'queued' | 'running' | FileEnd, number>;

/** Jobs of each kind that are looked at: more than workers run, and than the outbox holds while they keep up. */
const mostLookedAt = 1000;

/**
 * In one read, the counters, and the jobs that these do not know: those that run, and those that have ended and are in
 * the outbox still. Which batch a job is of is searched for in the text of its payload before that is parsed.
 */
const script = luaScript(`
local base, batch, ends = KEYS[1], KEYS[2], KEYS[3]
local id, most = ARGV[1], tonumber(ARGV[2])
local function pathOf(job)
  local data = redis.call('HGET', base .. job, 'data')
  if not data or not string.find(data, id, 1, true) then return nil end
  local of = cjson.decode(data).batch
  return of ~= cjson.null and type(of) == 'table' and of.id == id and of.path or nil
end
local running, reasons, succeeded = 0, {}, 0
for _, job in ipairs(redis.call('LRANGE', base .. 'active', 0, most - 1)) do
  local fields = redis.call('HMGET', base .. job, 'ats', 'begunAts')
  if fields[2] and fields[1] == fields[2] and pathOf(job) then running = running + 1 end
end
local function unknown(job)
  local path = pathOf(job)
  if not path then return false end
  local known = redis.call('HGET', ends, path)
  if not known then return true end
  local before = cjson.decode(known)
  return before.status == 'again' and before.at ~= tonumber(redis.call('HGET', base .. job, 'finishedOn'))
end
for _, job in ipairs(redis.call('ZRANGE', base .. 'completed', 0, most - 1)) do
  if unknown(job) then succeeded = succeeded + 1 end
end
for _, job in ipairs(redis.call('ZRANGE', base .. 'failed', 0, most - 1)) do
  if unknown(job) then table.insert(reasons, redis.call('HGET', base .. job, 'failedReason') or '') end
end
local counters = redis.call('HMGET', batch, 'total', 'succeeded', 'failed', 'canceled', 'expired')
for i = 1, 5 do counters[i] = tonumber(counters[i] or '0') end
return {counters, running, succeeded, reasons}`);

/** How many files of the batch are in which state, at one instant. */
export async function countFiles(redis: Redis, { id, label }: Pick<Batch, 'id' | 'label'>): Promise<BatchCounts> {
  const { batch, ends } = batchKeys(id);
  const reply = await script(redis, [queueKeyBase(label), batch, ends], [id, mostLookedAt]);
  const [counters, running, succeeded, reasons] = reply as [number[], number, number, string[]];
  const [total = 0, ...known] = counters;
  const counts: BatchCounts = { total, queued: 0, running, succeeded: 0, failed: 0, canceled: 0, expired: 0 };
  fileEnds.forEach((end, i) => (counts[end] = known[i] ?? 0));
  counts.succeeded += succeeded;
  for (const reason of reasons) counts[endedStatus(parseFailedReason(reason))] += 1;
  counts.queued = total - running - fileEnds.reduce((sum, end) => sum + counts[end], 0);
  return counts;
}
