import type { Redis } from 'ioredis';
import { luaScript } from '../lua-script.js';
import { redisKey } from '../queues.js';

/** What is left of an owner's requests: how many, and as of when in milliseconds (a hash). */
function rateKey(owner: string): string {
  return redisKey('rate', owner);
}

/** By the clock of Redis, so that all API processes fill up one bucket alike. */
const script = luaScript(`
local most, windowMs = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = tonumber(known[1] or most)
left = math.min(most, left + math.max(0, now - tonumber(known[2] or now)) * most / windowMs)
local taken = left >= 1
if taken then left = left - 1 end
redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], windowMs)
local waitMs = taken and 0 or (1 - left) * windowMs / most
return {taken and 1 or 0, math.floor(left), math.ceil(waitMs), math.ceil((most - left) * windowMs / most)}`);

export interface TakenRequest {
  /** False: there was none left. */
  taken: boolean;
  left: number;
  /** Until there is one again; 0 if one was taken. */
  waitMs: number;
  /** Until all are there again, if none is taken meanwhile. */
  fullMs: number;
}

/** Takes one of the requests that an owner may send: from a bucket of `requests`, which fills up within `windowSeconds`. */
export async function takeRequest(
  redis: Redis,
  owner: string,
  { requests, windowSeconds }: { requests: number; windowSeconds: number },
): Promise<TakenRequest> {
  const [taken, left, waitMs, fullMs] = (await script(redis, [rateKey(owner)], [requests, windowSeconds * 1000])) as [
    number,
    number,
    number,
    number,
  ];
  return { taken: taken === 1, left, waitMs, fullMs };
}
