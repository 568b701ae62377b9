import { createHash } from 'node:crypto';
import type { BulkJobOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { luaScript } from '../lua-script.js';
import { openQueue } from '../open-queue.js';

/** The BullMQ queue of the deliveries. */
export const webhooksQueueName = 'webhooks';

const deliveryIdPattern = /^delivery_[0-9a-f]{32}$/;

export const deliverySchema = z.object({
  owner: z.string(),
  /** The webhook it goes to; null for one that was named with its job or batch. */
  webhook: z.string().nullable(),
  /** Of the latter; a registered one is asked when it is sent. */
  url: z.string().nullable(),
  type: z.string(),
  /** The job or batch that it tells of; null for a test. */
  subject: z.string().nullable(),
  /** When that happened, in milliseconds since 1970. */
  at: z.number(),
  /** The hash in Redis of what it tells of, where an end of the delivery is noted as long as that is there. */
  source: z.string().nullable(),
  body: z.string(),
  /** Sent although it has been received: somebody asked for it. */
  again: z.boolean().optional(),
});

/** One event on its way to one webhook, as its queue holds it. */
export type Delivery = z.infer<typeof deliverySchema>;

/** A delivery that is to be added, with its id. */
export interface NewDelivery {
  id: string;
  delivery: Delivery;
}

/** What answers, or does not: the webhook, or the server of one that was named with its job or batch. */
export function targetOf({ webhook, url }: Delivery): string {
  return webhook ?? new URL(url ?? '').origin;
}

/** A queue of deliveries. */
export type DeliveriesQueue = Queue<Delivery, void>;

/** Says which wait follows which attempt: `retry-delay.ts` of the worker. */
export const backoffType = 'webhook';
/** How often a delivery is tried. */
export const mostAttempts = 10;

/** True when `text` has the form of a delivery's id. */
export function isDeliveryId(text: string): boolean {
  return deliveryIdPattern.test(text);
}

/**
 * The id of a delivery, its `webhook-id`: it follows from what it tells whom, so that telling twice adds one.
 *
 * @param parts what tells it from every other: the webhook, the job, the event and its sequence
 */
export function deliveryIdOf(...parts: readonly (string | number)[]): string {
  return `delivery_${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}

/** @param redis a prompt connection: what is asked of the queue fails at once while Redis is away */
export function openDeliveriesQueue(redis: Redis): DeliveriesQueue {
  return openQueue(redis, webhooksQueueName);
}

/** Adds deliveries that are not in the queue yet. They leave it once they have ended. */
export async function addDeliveries(
  queue: DeliveriesQueue,
  deliveries: readonly NewDelivery[],
  { attempts = mostAttempts }: { attempts?: number } = {},
): Promise<void> {
  const options: BulkJobOptions = {
    attempts,
    backoff: { type: backoffType },
    removeOnComplete: true,
    removeOnFail: true,
    stackTraceLimit: 0,
  };
  await queue.addBulk(
    deliveries.map(({ id, delivery }) => ({ name: delivery.type, data: delivery, opts: { ...options, jobId: id } })),
  );
}

/** The field of the source that says that a delivery has ended. */
const endedField = (id: string): string => `told:${id}`;

const noteScript = luaScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], 1) end`);

/**
 * Notes that a delivery has ended, on what it tells of, as long as that is there. A job that is announced once more,
 * because whoever did so died before it left its queue, is then not told twice, though the delivery is long gone.
 */
export async function noteEnd(redis: Redis, id: string, { source }: Delivery): Promise<void> {
  if (source !== null) await noteScript(redis, [source], [endedField(id)]);
}

/** Which of the deliveries of one source have ended, in order. */
export async function haveEnded(redis: Redis, source: string, ids: readonly string[]): Promise<boolean[]> {
  const noted = await redis.hmget(source, ...ids.map(endedField));
  return noted.map((note) => note !== null);
}
