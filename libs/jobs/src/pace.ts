import type { Redis } from 'ioredis';
import { luaScript } from './lua-script.js';
import { paceKey } from './queues.js';
import { servingWorkerMs } from './serving-workers.js';

/** By the clock of Redis, as those of machines differ. What a worker that is gone has said is dropped by the others. */
const announce = luaScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local said = redis.call('HGETALL', KEYS[1])
for i = 1, #said, 2 do
  if tonumber(string.match(said[i + 1], '%S+$')) <= now then redis.call('HDEL', KEYS[1], said[i]) end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. string.format('%.0f', now + ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[3])`);

/** A Lua function: how many jobs a second the workers of a queue do together, as they have measured it; 0: unknown. */
export const paceLua = `
local function paceOf(key)
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local sum = 0
  for _, said in ipairs(redis.call('HVALS', key)) do
    local pace, till = string.match(said, '^(%S+) (%S+)$')
    if tonumber(till) > now then sum = sum + tonumber(pace) end
  end
  return sum
end
`;

/**
 * When a job begins before which `ahead` others stand or run, in milliseconds since 1970; null without a pace.
 *
 * @param jobsPerSecond as {@link paceLua} sums it
 */
export function startEstimate(ahead: number, jobsPerSecond: number): number | null {
  return jobsPerSecond > 0 ? Math.round(Date.now() + (1000 * ahead) / jobsPerSecond) : null;
}

/** Says how many jobs a second a worker does that takes from the queue, for `lastsMs`. */
export async function announcePace(
  redis: Redis,
  label: string,
  { id, jobsPerSecond }: { id: string; jobsPerSecond: number },
  lastsMs = servingWorkerMs,
): Promise<void> {
  await announce(redis, [paceKey(label)], [id, jobsPerSecond, lastsMs]);
}

/** The worker takes no more. */
export async function withdrawPace(redis: Redis, label: string, id: string): Promise<void> {
  await redis.hdel(paceKey(label), id);
}
