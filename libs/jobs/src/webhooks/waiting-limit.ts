import type { Redis } from 'ioredis';
import { redisKey } from '../queues.js';
import { targetOf, type NewDelivery } from './delivery.js';
import { logAttempt } from './delivery-log.js';
import { failingSince } from './webhook-failures.js';

/** The deliveries that wait for their next attempt, in the queue `webhooks`. */
const delayedKey = redisKey('webhooks', 'delayed');

/** About 300 MB of Redis. */
export const mostWaiting = 100_000;

/**
 * Those of the deliveries that there is room for. Once `most` deliveries wait for their next attempt, those to receivers
 * that do nothing but fail are given up before they begin, and logged as failed: what Redis holds must not grow for as
 * long as somebody else's server is down.
 */
export async function withinLimit(
  redis: Redis,
  deliveries: readonly NewDelivery[],
  most = mostWaiting,
): Promise<NewDelivery[]> {
  if ((await redis.zcard(delayedKey)) < most) return [...deliveries];
  const failing = await Promise.all(
    deliveries.map(
      async ({ delivery }) => (await failingSince(redis, delivery.owner, [targetOf(delivery)]))[0] !== null,
    ),
  );
  const answer = `Not sent: ${most} deliveries wait for their next attempt, and this receiver does nothing but fail.`;
  for (const { id, delivery } of deliveries.filter((_delivery, i) => failing[i])) {
    const attempt = { at: Date.now(), ms: 0, status: null, answer };
    await logAttempt(redis, id, { delivery, status: 'failed', nextAt: null, attempts: [attempt] });
  }
  return deliveries.filter((_delivery, i) => !failing[i]);
}
