import type { Redis } from 'ioredis';
import { queueKeyBase } from './job-location.js';
import { luaScript } from './lua-script.js';

/** A job that a worker has fetched, with the token under which it holds the job's lock. */
export interface HeldJob {
  jobId: string;
  lockToken: string;
}

/** Asked twice of one fetch (a reply may be lost, and the request repeated), it counts once. */
const script = luaScript(`
local base, now = KEYS[1], ARGV[1]
local begun = {}
for i = 2, #ARGV, 2 do
  local job, token = base .. ARGV[i], ARGV[i + 1]
  if redis.call('GET', job .. ':lock') == token then
    local fields = redis.call('HMGET', job, 'ats', 'begunAts', 'begins')
    if fields[1] == fields[2] then
      table.insert(begun, tonumber(fields[3]))
    else
      redis.call('HSET', job, 'begunAt', now, 'begunAts', fields[1])
      table.insert(begun, redis.call('HINCRBY', job, 'begins', 1))
    end
  else
    table.insert(begun, 0)
  end
end
return begun`);

/**
 * Marks the jobs of one queue as running, those whose lock is still held under the given token; the others were
 * canceled, have expired, or went to another worker, and must not be run. Atomic, so that a job never begins after it
 * was ended.
 *
 * @returns for each job, in order, the number of times it has begun (1 for its first attempt), or 0 if it must not run
 */
export async function beginJobs(
  redis: Redis,
  label: string,
  jobs: readonly HeldJob[],
  now: number = Date.now(),
): Promise<number[]> {
  const pairs = jobs.flatMap(({ jobId, lockToken }) => [jobId, lockToken]);
  return (await script(redis, [queueKeyBase(label)], [now, ...pairs])) as number[];
}
