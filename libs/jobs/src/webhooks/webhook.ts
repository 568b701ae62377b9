import type { Redis } from 'ioredis';
import { z } from 'zod';
import { newUlid } from '../ids.js';
import { luaScript } from '../lua-script.js';
import { redisKey } from '../queues.js';
import { webhookEvents } from './webhook-events.js';
import { sealedSecretSchema } from './webhook-secrets.js';

const webhookIdPattern = /^webhook_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

const webhookSchema = z.object({
  id: z.string(),
  owner: z.string(),
  url: z.string(),
  events: z.array(z.enum(webhookEvents)),
  description: z.string().nullable(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  /** Why, and since when, nothing is told to it. */
  disabled: z.object({ at: z.number(), reason: z.string() }).nullable(),
  secret: sealedSecretSchema,
});

/** An address that is told of an owner's events, as Redis keeps it. */
export type Webhook = z.infer<typeof webhookSchema>;

/** So many an owner may have: each event is told to each. */
export const mostWebhooks = 50;

/** An owner's webhooks (a hash: id to JSON). */
export function webhooksKey(owner: string): string {
  return redisKey('webhook-endpoints', owner);
}

/** The owners of whom a webhook is told when a job begins, so that others' jobs need not say so (a set). */
export const runningListenersKey = redisKey('webhook-running-owners');

export function newWebhookId(now: number = Date.now()): string {
  return `webhook_${newUlid(now)}`;
}

/** True when `text` has the form of a webhook's id. */
export function isWebhookId(text: string): boolean {
  return webhookIdPattern.test(text);
}

/** Writes a webhook only over what it was made from; keeps the set of those who are told of beginnings true. */
const writeScript = luaScript(`
local all, listeners = KEYS[1], KEYS[2]
local owner, id, before, after, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local known = redis.call('HGET', all, id) or ''
if known ~= before then return 'changed' end
if after == '' then redis.call('HDEL', all, id)
elseif before == '' and redis.call('HLEN', all) >= most then return 'full'
else redis.call('HSET', all, id, after) end
local listens = false
for _, text in ipairs(redis.call('HVALS', all)) do
  local webhook = cjson.decode(text)
  for _, event in ipairs(webhook.events) do
    if event == 'job.running' and webhook.disabled == cjson.null then listens = true end
  end
end
redis.call(listens and 'SADD' or 'SREM', listeners, owner)
return 'written'`);

/** Adds a webhook; false when the owner has as many as may be. */
export async function addWebhook(redis: Redis, webhook: Webhook): Promise<boolean> {
  return (await write(redis, webhook, '', JSON.stringify(webhook))) === 'written';
}

/** The webhook, or null when this owner has none of that id. */
export async function readWebhook(redis: Redis, owner: string, id: string): Promise<Webhook | null> {
  const text = isWebhookId(id) ? await redis.hget(webhooksKey(owner), id) : null;
  return text === null ? null : webhookSchema.parse(JSON.parse(text));
}

/** The owner's webhooks, the newest first. */
export async function listWebhooks(redis: Redis, owner: string): Promise<Webhook[]> {
  const texts = await redis.hvals(webhooksKey(owner));
  return texts.map((text) => webhookSchema.parse(JSON.parse(text))).sort((a, b) => (a.id < b.id ? 1 : -1));
}

/**
 * Changes a webhook; what others change meanwhile is kept.
 *
 * @param change may be called more than once; null removes it
 * @returns the webhook as it is now, or was when it was removed; null when there is none
 */
export async function changeWebhook(
  redis: Redis,
  owner: string,
  id: string,
  change: (webhook: Webhook) => Webhook | null,
): Promise<Webhook | null> {
  for (;;) {
    const text = isWebhookId(id) ? await redis.hget(webhooksKey(owner), id) : null;
    if (text === null) return null;
    const before = webhookSchema.parse(JSON.parse(text));
    const after = change(before);
    const outcome = await write(redis, before, text, after === null ? '' : JSON.stringify(after));
    if (outcome === 'written') return after ?? before;
  }
}

async function write(redis: Redis, { owner, id }: Webhook, before: string, after: string): Promise<unknown> {
  return writeScript(redis, [webhooksKey(owner), runningListenersKey], [owner, id, before, after, mostWebhooks]);
}
