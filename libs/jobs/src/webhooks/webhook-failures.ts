import type { Redis } from 'ioredis';
import { redisKey } from '../queues.js';
import { changeWebhook } from './webhook.js';

/** After so long without a single success a webhook is disabled. */
export const mostFailingMs = 5 * 86_400_000;
/** Longer than the longest wait between two attempts, many times over. */
const rememberedSeconds = 30 * 86_400;

/** Since when every attempt at a webhook has failed, in milliseconds since 1970. */
function failingKey(owner: string, webhook: string): string {
  return redisKey('webhook-failing', owner, webhook);
}

/** An attempt at the webhook has succeeded, or it is to be given time as if one had. */
export async function forgetFailures(redis: Redis, owner: string, webhook: string): Promise<void> {
  await redis.del(failingKey(owner, webhook));
}

/** An attempt at the webhook has failed. One that does nothing but fail for 5 days is disabled. */
export async function noteFailure(
  redis: Redis,
  owner: string,
  webhook: string,
  now: number = Date.now(),
): Promise<void> {
  const key = failingKey(owner, webhook);
  await redis.set(key, now, 'EX', rememberedSeconds, 'NX');
  const since = Number((await redis.get(key)) ?? now);
  if (now - since < mostFailingMs) return;
  const reason = `Every attempt has failed since ${new Date(since).toISOString()}.`;
  await disableWebhook(redis, owner, webhook, reason, now);
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

/** Since when each of the webhooks has done nothing but fail, in milliseconds since 1970; null: it has not. */
export async function failingSince(
  redis: Redis,
  owner: string,
  webhooks: readonly string[],
): Promise<(number | null)[]> {
  if (webhooks.length === 0) return [];
  const found = await redis.mget(webhooks.map((id) => failingKey(owner, id)));
  return found.map((since) => (since === null ? null : Number(since)));
}
