import { Readable } from 'node:stream';
import type { Redis } from 'ioredis';
import { luaScript } from '../lua-script.js';
import { batchArchiveKey, batchResultsKey } from '../object-keys.js';
import type { ObjectStore } from '../store/object-store.js';
import { batchKeys, unfinishedBatchesKey, unfinishedBatchesOf } from './batch-keys.js';
import { batchSchema, isBatchId, type Batch } from './batch.js';
import { resultLines } from './result-lines.js';

/** How long a batch that is over stays in Redis, where its failed files can be run again. */
const keptSeconds = 7 * 86_400;

/** Only a batch that still is over in the same way: files may have been run again meanwhile. */
const leaveScript = luaScript(`
local unfinished, ofOwner, id, finishedAt, seconds = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3]
if redis.call('HGET', KEYS[3], 'finishedAt') ~= finishedAt then return 0 end
for i = 3, #KEYS do redis.call('EXPIRE', KEYS[i], seconds) end
redis.call('SREM', unfinished, id)
redis.call('SREM', ofOwner, id)
return 1`);

/**
 * Puts a batch that is over into the object store, from where it can be read for good, and tells of it. Safe to repeat:
 * the same batch gives the same bytes, and is told under the same id.
 */
export async function finishBatch(
  { redis, store }: { redis: Redis; store: ObjectStore },
  batch: Batch,
  announce: (batch: Batch) => Promise<void>,
): Promise<void> {
  const { owner, id, finishedAt } = batch;
  const lines = Readable.from(textOf(redis, batch));
  await store.put(batchResultsKey(owner, id), lines, { contentType: 'application/x-ndjson' });
  await store.put(batchArchiveKey(owner, id), Buffer.from(JSON.stringify(batch)), { contentType: 'application/json' });
  await announce(batch);
  const keys = Object.values(batchKeys(id)) as string[];
  const lists = [unfinishedBatchesKey, unfinishedBatchesOf(owner)];
  await leaveScript(redis, [...lists, batchKeys(id).batch, ...keys], [id, String(finishedAt), keptSeconds]);
}

/** A batch that is over, from the object store alone, or null. */
export async function readArchivedBatch(store: ObjectStore, owner: string, id: string): Promise<Batch | null> {
  if (!isBatchId(id)) return null;
  try {
    return batchSchema.parse(JSON.parse((await store.get(batchArchiveKey(owner, id))).toString('utf8')));
  } catch (error) {
    if (error instanceof Error && error.name === 'ObjectMissingError') return null;
    throw error;
  }
}

async function* textOf(redis: Redis, batch: Batch): AsyncGenerator<string> {
  for await (const line of resultLines(redis, batch)) yield `${JSON.stringify(line)}\n`;
}
