import type { Redis } from 'ioredis';
import { z } from 'zod';
import { luaScript } from '../lua-script.js';
import { redisKey } from '../queues.js';
import { deliverySchema, isDeliveryId, type Delivery } from './delivery.js';

/** How many deliveries of each webhook are remembered, and for how long after their last attempt. */
const keptDeliveries = 200;
const keptSeconds = 7 * 86_400;
const keptAttempts = 20;

const attemptSchema = z.object({
  /** When it began, in milliseconds since 1970. */
  at: z.number(),
  ms: z.number(),
  /** The answer's HTTP status; null when there was none. */
  status: z.number().nullable(),
  /** The first bytes of the answer, or why there was none. */
  answer: z.string(),
});

/** One POST, and what came of it. */
export type DeliveryAttempt = z.infer<typeof attemptSchema>;

const logSchema = z.object({
  delivery: deliverySchema,
  /** `pending`: it will be tried again; `failed`: it will not. */
  status: z.enum(['pending', 'delivered', 'failed']),
  /** When it will be tried again, in milliseconds since 1970. */
  nextAt: z.number().nullable(),
  attempts: z.array(attemptSchema),
});

/** What is remembered of a delivery that has been tried. */
export type DeliveryLog = z.infer<typeof logSchema>;

/** A delivery's log, as JSON. */
function logKey(id: string): string {
  return redisKey('delivery-log', id);
}

/** The latest deliveries to a webhook; those to webhooks named with a job or batch are all together (a sorted set). */
function latestKey(owner: string, webhook: string | null): string {
  return redisKey('deliveries', owner, webhook ?? 'unregistered');
}

/** Members sort by the time of the event, so that they are read in pages. */
const script = luaScript(`
local log, latest = KEYS[1], KEYS[2]
local text, member, seconds, most, logBase = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
redis.call('SET', log, text, 'EX', seconds)
redis.call('ZADD', latest, 0, member)
redis.call('EXPIRE', latest, seconds)
for _, old in ipairs(redis.call('ZRANGE', latest, 0, -most - 1)) do
  redis.call('DEL', logBase .. string.match(old, '/(.*)$'))
  redis.call('ZREM', latest, old)
end`);

/** Writes down an attempt. The log is for people: an attempt whose worker is lost before this is not in it. */
export async function logAttempt(redis: Redis, id: string, log: DeliveryLog): Promise<void> {
  const { owner, webhook, at } = log.delivery;
  const text = JSON.stringify({ ...log, attempts: log.attempts.slice(-keptAttempts) });
  const member = `${String(at).padStart(15, '0')}/${id}`;
  await script(redis, [logKey(id), latestKey(owner, webhook)], [text, member, keptSeconds, keptDeliveries, logKey('')]);
}

/** The log of a delivery of this owner, or null. */
export async function readDeliveryLog(redis: Redis, owner: string, id: string): Promise<DeliveryLog | null> {
  const text = isDeliveryId(id) ? await redis.get(logKey(id)) : null;
  const log = text === null ? null : logSchema.parse(JSON.parse(text));
  return log?.delivery.owner === owner ? log : null;
}

/** A delivery with its log. */
export type LoggedDelivery = DeliveryLog & { id: string };

/**
 * The latest deliveries to a webhook, the newest first.
 *
 * @param before the place where the page before ended
 * @returns with the place where this one ended, or null when there are no more
 */
export async function listDeliveries(
  redis: Redis,
  { owner, webhook }: Pick<Delivery, 'owner' | 'webhook'>,
  { limit, before }: { limit: number; before: string | undefined },
): Promise<{ deliveries: LoggedDelivery[]; next: string | null }> {
  const latest = latestKey(owner, webhook);
  const from = before === undefined ? '+' : `(${before}`;
  const members = await redis.zrange(latest, from, '-', 'BYLEX', 'REV', 'LIMIT', 0, limit + 1);
  const shown = members.slice(0, limit);
  const ids = shown.map((member) => member.slice(member.indexOf('/') + 1));
  const logs = await Promise.all(ids.map((id) => readDeliveryLog(redis, owner, id)));
  return {
    deliveries: logs.flatMap((log, i) => (log === null ? [] : [{ ...log, id: ids[i] as string }])),
    next: members.length > limit ? (shown.at(-1) ?? null) : null,
  };
}
