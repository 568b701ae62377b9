import type { Redis } from 'ioredis';
import { queueKeyBase, type JobLocation } from './job-location.js';
import { luaScript } from './lua-script.js';

/** Only a job that has ended: one that was submitted again meanwhile stays. Our jobs have neither logs nor children. */
const script = luaScript(`
local base, id = KEYS[1], ARGV[1]
if redis.call('ZREM', base .. 'completed', id) + redis.call('ZREM', base .. 'failed', id) == 0 then return 0 end
redis.call('DEL', base .. id)
return 1`);

/** Takes an ended job out of its queue. Safe to repeat. */
export async function removeFinishedJob(redis: Redis, { label, jobId }: JobLocation): Promise<void> {
  await script(redis, [queueKeyBase(label)], [jobId]);
}
