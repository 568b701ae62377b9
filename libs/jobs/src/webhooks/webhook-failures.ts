import type { Redis } from 'ioredis';
import { redisKey } from '../queues.js';
import { changeWebhook, isWebhookId } from './webhook.js';

/** After so long without a single success a webhook is disabled. */
export const mostFailingMs = 5 * 86_400_000;
/** Longer than that, so that a receiver which is seldom called is not forgotten. */
const rememberedSeconds = 30 * 86_400;

/** Since when every attempt at a webhook, or at a server, has failed, in milliseconds since 1970. */
function failingKey(owner: string, target: string): string {
  return redisKey('webhook-failing', owner, target);
}

/**
 * An attempt has succeeded, or the webhook is to be given time as if one had.
 *
 * @param target a webhook's id, or the origin of one that was named with a job or batch
 */
export async function forgetFailures(redis: Redis, owner: string, target: string): Promise<void> {
  await redis.del(failingKey(owner, target));
}

/** An attempt has failed. A webhook that does nothing but fail for 5 days is disabled. */
export async function noteFailure(
  redis: Redis,
  owner: string,
  target: string,
  now: number = Date.now(),
): Promise<void> {
  const key = failingKey(owner, target);
  await redis.set(key, now, 'EX', rememberedSeconds, 'NX');
  if (!isWebhookId(target)) return;
  const since = Number((await redis.get(key)) ?? now);
  if (now - since < mostFailingMs) return;
  const reason = `Every attempt has failed since ${new Date(since).toISOString()}.`;
  await disableWebhook(redis, owner, target, reason, now);
}

/** Nothing more is told to the webhook until its owner enables it again. */
export async function disableWebhook(
  redis: Redis,
  owner: string,
  webhook: string,
  reason: string,
  now: number = Date.now(),
): Promise<void> {
  await changeWebhook(redis, owner, webhook, (it) => ({ ...it, disabled: it.disabled ?? { at: now, reason } }));
}

/** Since when each of the targets has done nothing but fail, in milliseconds since 1970; null: it has not. */
export async function failingSince(
  redis: Redis,
  owner: string,
  targets: readonly string[],
): Promise<(number | null)[]> {
  if (targets.length === 0) return [];
  const found = await redis.mget(targets.map((target) => failingKey(owner, target)));
  return found.map((since) => (since === null ? null : Number(since)));
}
