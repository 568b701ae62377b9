import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { luaScript } from '../lua-script.js';
import { openQueue } from '../open-queue.js';
import { storedBytesKey, storedBytesSinceKey } from '../quotas/quota-limits.js';
import { countBytesLua } from '../quotas/stored-bytes.js';
import { batchKeys } from './batch-keys.js';
import type { Unpacking } from './batch.js';
import { finishLua } from './file-ends.js';
import type { FileError } from './file-error.js';

/** The BullMQ queue of the archives that are to be unpacked. */
export const batchesQueueName = 'batches';

/** What the job of an archive carries. */
export interface UnpackPayload {
  batch: string;
  /** How often it has failed for something that is not known to pass; none so far where it is left out. */
  failures?: number;
}
export type BatchesQueue = Queue<UnpackPayload, void>;

/** Away or full today is not so tomorrow: an archive is unpacked at some time, or its batch says why not. */
const attempts = 1_000_000;

/** @param redis a prompt connection: what is asked of the queue fails at once while Redis is away */
export function openBatchesQueue(redis: Redis): BatchesQueue {
  return openQueue(redis, batchesQueueName);
}

/** Has the archive of a batch unpacked. Safe to repeat: a batch has one such job at a time. */
export async function submitUnpacking(queue: BatchesQueue, batch: string): Promise<void> {
  await queue.add(
    'unpack',
    { batch },
    {
      // Not the batch's id, whose keys would lie among the queue's own.
      jobId: unpackJobId(batch),
      attempts,
      // How long a pause is, the worker says.
      backoff: { type: 'custom' },
      removeOnComplete: true,
      stackTraceLimit: 0,
    },
  );
}

/** The id of the job that unpacks the archive of a batch. */
export function unpackJobId(batch: string): string {
  return `unpack-${batch}`;
}

/** Only forwards: a worker that was held up may tell of less than another has done since. */
const entriesScript = luaScript(`
if redis.call('HGET', KEYS[1], 'unpacking') ~= 'running' then return 0 end
if tonumber(redis.call('HGET', KEYS[1], 'entries') or '0') < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'entries', ARGV[1])
end
return 1`);

/** So many entries, from the first on, are done and need not be looked at again. */
export async function noteEntries(redis: Redis, batchId: string, entries: number): Promise<void> {
  await entriesScript(redis, [batchKeys(batchId).batch], [entries]);
}

const endScript = luaScript(`${finishLua}${countBytesLua}
local batch = KEYS[1]
local state, error, closes, now = unpack(ARGV)
if redis.call('HGET', batch, 'unpacking') ~= 'running' then return 0 end
redis.call('HSET', batch, 'unpacking', state)
if error ~= '' then redis.call('HSET', batch, 'unpackingError', error) end
if closes == '1' then redis.call('HSETNX', batch, 'closedAt', now) end
local options = cjson.decode(redis.call('HGET', batch, 'options'))
releaseBytes(KEYS[2], KEYS[3], options.owner, string.format('%.0f', options.archive.bytes))
finishIfOver(batch, now)
return 1`);

/** Nothing of the archive is taken any more, and its owner has its bytes no more. The first to say so is believed. */
export async function endUnpacking(
  redis: Redis,
  batchId: string,
  { state, error, closes }: { state: Unpacking['state']; error: FileError | null; closes: boolean },
  now: number = Date.now(),
): Promise<void> {
  const args = [state, error === null ? '' : JSON.stringify(error), closes ? 1 : 0, now];
  await endScript(redis, [batchKeys(batchId).batch, storedBytesKey, storedBytesSinceKey], args);
}
