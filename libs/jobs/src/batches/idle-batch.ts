import type { Redis } from 'ioredis';
import { luaScript } from '../lua-script.js';
import { batchKeys } from './batch-keys.js';
import type { Batch } from './batch.js';
import { finishLua } from './file-ends.js';

/** Of a batch that was opened before this could be set. */
const defaultIdleMs = 86_400_000;

/**
 * When an open batch closes by itself, in milliseconds since 1970, as nobody brings files any more; null for one that is
 * closed, or still unpacked.
 */
export function closesAt(batch: Batch): number | null {
  const { closedAt, canceledAt, unpacking, touchedAt, createdAt, idleMs } = batch;
  if (closedAt !== null || canceledAt !== null || unpacking?.state === 'running') return null;
  return (touchedAt ?? createdAt) + (idleMs ?? defaultIdleMs);
}

/** The file that comes in this moment keeps it open. */
const script = luaScript(`${finishLua}
local batch, now, touched = KEYS[1], ARGV[1], ARGV[2]
local state = redis.call('HMGET', batch, 'closedAt', 'canceledAt', 'touchedAt', 'unpacking', 'options')
if not state[5] or state[1] or state[2] or (state[3] or '') ~= touched or state[4] == 'running' then return 0 end
redis.call('HSET', batch, 'closedAt', now)
finishIfOver(batch, now)
return 1`);

/** Closes a batch whose time has come, unless a file has come since it was read. */
export async function closeIdleBatch(redis: Redis, batch: Batch, now: number = Date.now()): Promise<void> {
  const at = closesAt(batch);
  if (at === null || at > now) return;
  await script(redis, [batchKeys(batch.id).batch], [now, batch.touchedAt ?? '']);
}
