import type { Redis } from 'ioredis';
import { luaScript } from '../lua-script.js';
import { redisKey } from '../queues.js';

/** How many requests an owner may send: a bucket of so many, which fills up again evenly within the window. */
export interface RateLimit {
  requests: number;
  windowSeconds: number;
}

/** What is left of an owner's requests: how many, and as of when in milliseconds (a hash). */
function rateKey(owner: string): string {
  return redisKey('rate', owner);
}

/** By the clock of Redis, so that all API processes fill up one bucket alike. */
const script = luaScript(`
local most, windowMs, wanted, back = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = tonumber(known[1] or most) + back
left = math.min(most, left + math.max(0, now - tonumber(known[2] or now)) * most / windowMs)
local taken = math.min(wanted, math.floor(left))
left = left - taken
redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], windowMs)
local waitMs = taken > 0 and 0 or (1 - left) * windowMs / most
return {taken, math.floor(left), math.ceil(waitMs)}`);

export interface TakenRequests {
  /** As many as were wanted, or as there were; 0: none was left. */
  taken: number;
  /** Still in the bucket. */
  left: number;
  /** Until there is one again; 0 if any was taken. */
  waitMs: number;
}

/**
 * Takes some of the requests that an owner may send out of its bucket.
 *
 * @param back how many that were taken before were not used and go back first
 */
export async function takeRequests(
  redis: Redis,
  owner: string,
  { requests, windowSeconds }: RateLimit,
  { wanted, back }: { wanted: number; back: number },
): Promise<TakenRequests> {
  const args = [requests, windowSeconds * 1000, wanted, back];
  const [taken, left, waitMs] = (await script(redis, [rateKey(owner)], args)) as [number, number, number];
  return { taken, left, waitMs };
}
