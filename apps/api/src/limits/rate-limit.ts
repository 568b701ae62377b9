import type { FastifyReply } from 'fastify';
import type { Redis } from 'ioredis';
import { EarshotError, type RateLimit } from '#jobs';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { isQueueOutage } from '../queue/queue-outage.js';
import { RequestPurse } from './request-purse.js';

const pattern = /^([1-9]\d{0,8})\/([1-9]\d{0,4})$/;

/** Reads `2000/10`, or `off` as null. */
export const rateLimitSetting = z.string().transform((text, context): RateLimit | null => {
  if (text === 'off') return null;
  const [, requests, seconds] = pattern.exec(text) ?? [];
  if (requests === undefined) context.addIssue('must be off, or requests/seconds, such as 2000/10');
  return { requests: Number(requests), windowSeconds: Number(seconds) };
});

/** Far more than a well-behaved owner sends, and little enough for others to be served beside it. */
export const defaultRateLimit: RateLimit = { requests: 2000, windowSeconds: 10 };

/** Counts a request of the caller's owner, and says in its answer's headers how many are left. */
export type CountRequest = (caller: Caller, reply: FastifyReply) => Promise<void>;

/**
 * While Redis is away nothing is counted: what needs Redis fails by itself, and the rest harms nobody.
 *
 * The headers are those of draft-ietf-httpapi-ratelimit-headers-11.
 */
export function countRequests(redis: Redis, limit: RateLimit | null): CountRequest {
  if (limit === null) return () => Promise.resolve();
  const { requests, windowSeconds } = limit;
  const policy = `"requests";q=${requests};w=${windowSeconds}`;
  /** As many as there are owners with keys. */
  const purses = new Map<string, RequestPurse>();
  return async ({ owner }, reply) => {
    if (owner === '') return;
    const purse = purses.get(owner) ?? new RequestPurse(redis, owner, limit);
    purses.set(owner, purse);
    const counted = await purse.count().catch(ignoreOutage);
    if (counted === null) return;
    const { allowed, left, waitMs } = counted;
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
