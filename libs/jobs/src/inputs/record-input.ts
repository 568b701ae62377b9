import type { Redis } from 'ioredis';
import { jobHashKey, type JobLocation } from '../job-location.js';
import { luaScript } from '../lua-script.js';
import type { InferPayload } from '../payloads.js';

const script = luaScript(`
if redis.call('GET', KEYS[1] .. ':lock') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'data', ARGV[2])
return 1`);

/**
 * Keeps what a worker has found out about a job's input, if it still holds the job.
 *
 * @returns false when the lock is lost: somebody else has the job, or it was ended
 */
export async function recordInput(
  redis: Redis,
  location: JobLocation,
  lockToken: string,
  payload: InferPayload,
): Promise<boolean> {
  return (await script(redis, [jobHashKey(location)], [lockToken, JSON.stringify(payload)])) === 1;
}
