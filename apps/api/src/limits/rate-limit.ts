import { isDeepStrictEqual } from 'node:util';
import type { FastifyReply } from 'fastify';
import type { Redis } from 'ioredis';
import { EarshotError, isQueueOutage, rateLimitOf, type RateLimit } from '#jobs';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { RequestPurse } from './request-purse.js';

/** Requests/seconds. */
export const rateLimitPattern = /^([1-9]\d{0,8})\/([1-9]\d{0,4})$/;

/** Reads `2000/10`, or `off` as null. */
export const rateLimitSetting = z.string().transform((text, context): RateLimit | null => {
  if (text === 'off') return null;
  const [, requests, seconds] = rateLimitPattern.exec(text) ?? [];
  if (requests === undefined) context.addIssue('must be off, or requests/seconds, such as 2000/10');
  return { requests: Number(requests), windowSeconds: Number(seconds) };
});

/** Far more than a well-behaved owner sends, and little enough for others to be served beside it. */
export const defaultRateLimit: RateLimit = { requests: 2000, windowSeconds: 10 };

/** Counts a request of the caller's owner, and says in its answer's headers how many are left. */
export type CountRequest = (caller: Caller, reply: FastifyReply) => Promise<void>;

interface Limited {
  limit: RateLimit;
  purse: RequestPurse;
}

/**
 * While Redis is away nothing is counted: what needs Redis fails by itself, and the rest harms nobody.
 *
 * The headers are those of draft-ietf-httpapi-ratelimit-headers-11.
 *
 * @param settings the limit of every owner that has none of its own; null: none
 */
export function countRequests(redis: Redis, settings: RateLimit | null): CountRequest {
  /** As many as there are owners with keys. */
  const purses = new Map<string, Limited>();
  const purseOf = (owner: string): Limited | null => {
    const limit = rateLimitOf(redis, owner, settings);
    if (limit === null) return null;
    const known = purses.get(owner);
    if (known && isDeepStrictEqual(known.limit, limit)) return known;
    const made = { limit, purse: new RequestPurse(redis, owner, limit) };
    purses.set(owner, made);
    return made;
  };
  return async ({ owner }, reply) => {
    const limited = owner === '' ? null : purseOf(owner);
    const counted = await limited?.purse.count().catch(ignoreOutage);
    if (!limited || !counted) return;
    const { requests, windowSeconds } = limited.limit;
    const { allowed, left, waitMs } = counted;
    const policy = `"requests";q=${requests};w=${windowSeconds}`;
    const fullSeconds = ((requests - left) * windowSeconds) / requests;
    const resetSeconds = Math.ceil(allowed ? fullSeconds : waitMs / 1000);
    void reply.headers({ 'ratelimit-policy': policy, ratelimit: `"requests";r=${left};t=${resetSeconds}` });
    if (allowed) return;
    void reply.header('retry-after', resetSeconds);
    const detail = `${requests} requests in ${windowSeconds} s are allowed; try again in ${resetSeconds} s.`;
    throw new EarshotError('rate_limited', detail);
  };
}

function ignoreOutage(error: unknown): null {
  if (isQueueOutage(error)) return null;
  throw error;
}
