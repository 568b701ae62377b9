import type { FastifyReply } from 'fastify';
import type { Redis } from 'ioredis';
import { EarshotError, takeRequest, type TakenRequest } from '#jobs';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { isQueueOutage } from '../queue/queue-outage.js';

/** How many requests an owner may send: a bucket of so many, which fills up again evenly within the window. */
export interface RateLimit {
  requests: number;
  windowSeconds: number;
}

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
  return async ({ owner }, reply) => {
    if (limit === null || owner === '') return;
    const request = await takeRequest(redis, owner, limit).catch(ignoreOutage);
    if (request === null) return;
    const resetSeconds = Math.ceil((request.taken ? request.fullMs : request.waitMs) / 1000);
    void reply.headers({
      'ratelimit-policy': `"requests";q=${limit.requests};w=${limit.windowSeconds}`,
      ratelimit: `"requests";r=${request.left};t=${resetSeconds}`,
    });
    if (request.taken) return;
    void reply.header('retry-after', resetSeconds);
    const detail = `${limit.requests} requests in ${limit.windowSeconds} s are allowed; try again in ${resetSeconds} s.`;
    throw new EarshotError('rate_limited', detail);
  };
}

function ignoreOutage(error: unknown): TakenRequest | null {
  if (isQueueOutage(error)) return null;
  throw error;
}
