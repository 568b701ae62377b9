import type { Redis } from 'ioredis';
import { z } from 'zod';
import { redisKey } from '../queues.js';
import type { QuotaLimits } from './quota-limits.js';
import type { RateLimit } from './take-requests.js';

/** What an owner may have and do instead of what the settings say: field `<owner>`, value JSON (a hash). */
const ownerLimitsKey = redisKey('owner-limits');

/** How long what Redis has said is believed, as of API keys. */
const freshMs = 3000;

const most = z.number().int().positive().nullable();

const ownLimitsSchema = z.object({
  rateLimit: z.object({ requests: z.number(), windowSeconds: z.number() }).nullable().optional(),
  jobs: most.optional(),
  bytes: most.optional(),
});

/** Of one owner; null: no limit; undefined: as the settings say. */
export type OwnLimits = z.infer<typeof ownLimitsSchema>;

type AllOwnLimits = ReadonlyMap<string, OwnLimits>;

interface Known {
  all: Promise<AllOwnLimits>;
  until: number;
  /** What was read before, or has been since. */
  last: AllOwnLimits;
}

const known = new WeakMap<Redis, Known>();

/** Replaces an owner's own limits; none of them: the owner has what the settings say. In force within 3 s everywhere. */
export async function setOwnLimits(redis: Redis, owner: string, limits: OwnLimits): Promise<void> {
  const isNone = Object.values(limits).every((limit) => limit === undefined);
  if (isNone) await redis.hdel(ownerLimitsKey, owner);
  else await redis.hset(ownerLimitsKey, owner, JSON.stringify(limits));
  const asked = known.get(redis);
  if (asked) asked.until = 0;
  await ownLimits(redis);
}

/** Of every owner that has any, as Redis had them within the last 3 s. */
export function ownLimits(redis: Redis): Promise<AllOwnLimits> {
  const before = known.get(redis);
  if (before !== undefined && performance.now() < before.until) return before.all;
  const all = readOwnLimits(redis);
  const asked: Known = { all, until: performance.now() + freshMs, last: before?.last ?? new Map() };
  known.set(redis, asked);
  all.then(
    (limits) => (asked.last = limits),
    () => (asked.until = 0),
  );
  return all;
}

/** What an owner may have: its own limits, and otherwise those of the settings. */
export async function quotasOf(redis: Redis, owner: string, settings: QuotaLimits): Promise<QuotaLimits> {
  const { jobs = settings.jobs, bytes = settings.bytes } = (await ownLimits(redis)).get(owner) ?? {};
  return { jobs, bytes };
}

/**
 * How many requests an owner may send: by its own limit, or otherwise by that of the settings. Told at once, by what was
 * last read: a Redis that hangs holds up no request that does not need it.
 */
export function rateLimitOf(redis: Redis, owner: string, settings: RateLimit | null): RateLimit | null {
  ownLimits(redis).catch(() => undefined);
  const { rateLimit = settings } = known.get(redis)?.last.get(owner) ?? {};
  return rateLimit;
}

async function readOwnLimits(redis: Redis): Promise<AllOwnLimits> {
  const fields = Object.entries(await redis.hgetall(ownerLimitsKey));
  return new Map(fields.map(([owner, text]) => [owner, ownLimitsSchema.parse(JSON.parse(text))]));
}
