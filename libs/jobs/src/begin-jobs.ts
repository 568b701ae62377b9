import type { Redis } from 'ioredis';
import { enqueueLua } from './enqueue.js';
import { queueKeyBase } from './job-location.js';
import { luaScript } from './lua-script.js';
import type { InferPayload } from './payloads.js';
import { backlogKey, outboxChannel } from './queues.js';
import { begunJobsKey, listenerOf } from './webhooks/begun-jobs.js';
import { runningListenersKey } from './webhooks/webhook.js';

/** A job that a worker has fetched, with the token under which it holds the job's lock. */
export interface HeldJob {
  jobId: string;
  lockToken: string;
  /** Says who is told that it has begun; without it, nobody. */
  payload?: Pick<InferPayload, 'owner' | 'webhook'>;
}

/** Asked twice of one fetch (a reply may be lost, and the request repeated), it counts once. */
const script = luaScript(`${enqueueLua}
local base, told, listeners, channel, backlog = unpack(KEYS)
local label, now = ARGV[1], ARGV[2]
local begun = {}
for i = 3, #ARGV, 3 do
  local job, token, listener = base .. ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if redis.call('GET', job .. ':lock') == token then
    local fields = redis.call('HMGET', job, 'ats', 'begunAts', 'begins')
    if fields[1] == fields[2] then
      table.insert(begun, tonumber(fields[3]))
    else
      leaveBacklog(backlog, job)
      redis.call('HSET', job, 'begunAt', now, 'begunAts', fields[1])
      local begins = redis.call('HINCRBY', job, 'begins', 1)
      table.insert(begun, begins)
      tell(base, 'begun', ARGV[i])
      if listener == '*' or redis.call('SISMEMBER', listeners, listener) == 1 then
        local run = redis.call('HMGET', job, 'earlierBegins', 'run')
        local place = label .. '/' .. ARGV[i] .. '/' .. (begins + (run[1] or 0)) .. '/' .. (run[2] or 1)
        redis.call('ZADD', told, now, place)
        redis.call('PUBLISH', channel, '')
      end
    end
  else
    table.insert(begun, 0)
  end
end
return begun`);

/**
 * Marks the jobs of one queue as running, those whose lock is still held under the given token; the others were
 * canceled, have expired, or went to another worker, and must not be run. Atomic, so that a job never begins after it
 * was ended; and what is to be told of it is noted in the same step.
 *
 * @returns for each job, in order, the number of times it has begun (1 for its first attempt), or 0 if it must not run
 */
export async function beginJobs(
  redis: Redis,
  label: string,
  jobs: readonly HeldJob[],
  now: number = Date.now(),
): Promise<number[]> {
  const held = jobs.flatMap(({ jobId, lockToken, payload }) => [jobId, lockToken, payload ? listenerOf(payload) : '']);
  const keys = [queueKeyBase(label), begunJobsKey, runningListenersKey, outboxChannel, backlogKey(label)];
  return (await script(redis, keys, [label, now, ...held])) as number[];
}
