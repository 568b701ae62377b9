import type { Redis } from 'ioredis';
import { enqueueLua } from './enqueue.js';
import { toFailedReason, type JobFailure } from './failure.js';
import { queueKeyBase, type JobLocation } from './job-location.js';
import { luaScript } from './lua-script.js';
import { backlogKey, endedChannel } from './queues.js';

/**
 * A job can end in three ways: its attempt finishes (BullMQ's own script, which holds only for the owner of the lock),
 * it is canceled, or it expires (the script below). All are atomic and each looks first whether the job still is
 * unfinished, so exactly one of them happens: ending takes the lock away, after which a completion is rejected; and a
 * completed job is in no list that ending looks at.
 *
 * The script does what BullMQ offers no call for: it fails a job that waits, or that somebody else runs.
 */
const script = luaScript(`${enqueueLua}
local base = KEYS[1]
local id, now, reason, queuedOnly = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local job = base .. id
if redis.call('EXISTS', job) == 0 then return 'missing' end
if queuedOnly == '1' and tonumber(redis.call('HGET', job, 'begins') or 0) > 0 then return 'running' end
local from
if redis.call('ZREM', base .. 'prioritized', id) == 1 then from = 'prioritized'
elseif redis.call('ZREM', base .. 'delayed', id) == 1 then from = 'delayed'
elseif redis.call('LREM', base .. 'wait', 1, id) == 1 then from = 'waiting'
elseif redis.call('LPOS', base .. 'active', id) then
  redis.call('LREM', base .. 'active', 1, id)
  redis.call('DEL', job .. ':lock')
  redis.call('SREM', base .. 'stalled', id)
  from = 'active'
else return 'finished' end
leaveBacklog(KEYS[3], job)
redis.call('HSETNX', job, 'begins', 0)
redis.call('HSET', job, 'failedReason', reason, 'finishedOn', now)
redis.call('ZADD', base .. 'failed', now, id)
redis.call('XADD', base .. 'events', '*', 'event', 'failed', 'jobId', id, 'failedReason', reason, 'prev', from)
redis.call('PUBLISH', KEYS[2], id)
return 'ended'`);

/** `ended`: by this call; the others say why nothing was changed. */
export type EndOutcome = 'ended' | 'finished' | 'running' | 'missing';

/**
 * Ends an unfinished job from outside, and tells whoever runs it. Calling it twice ends the job once.
 *
 * @param options.queuedOnly leave a job alone that has ever begun (expiry does; a cancel does not)
 */
export async function endJob(
  redis: Redis,
  { label, jobId }: JobLocation,
  failure: JobFailure,
  options: { queuedOnly: boolean; now?: number },
): Promise<EndOutcome> {
  const args = [jobId, options.now ?? Date.now(), toFailedReason(failure), options.queuedOnly ? '1' : '0'];
  return (await script(redis, [queueKeyBase(label), endedChannel, backlogKey(label)], args)) as EndOutcome;
}
