import type { Redis } from 'ioredis';
import { z } from 'zod';
import { luaScript } from './lua-script.js';
import { servingWorkersKey } from './queues.js';

export const servingWorkerSchema = z.object({
  id: z.string().describe('Its machine and process.'),
  engine: z.string().describe('The engine with its version and device.'),
  queues: z.array(z.string()).describe('Labels of the queues it takes jobs from.'),
  processes: z.number().describe('How many compute processes it has.'),
});

/** A worker that takes jobs, as it says of itself. */
export type ServingWorker = z.infer<typeof servingWorkerSchema>;

/** Milliseconds after which a worker that says nothing more is not listed; it says so every third of that. */
export const servingWorkerMs = 6000;

/** By the clock of Redis, as those of machines differ. */
const announce = luaScript(`
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms)
redis.call('ZADD', KEYS[1], ms + ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[1])`);

const list = luaScript(`
local now = redis.call('TIME')
return redis.call('ZRANGEBYSCORE', KEYS[1], now[1] * 1000 + math.floor(now[2] / 1000), '+inf')`);

/**
 * Lists the worker among those that serve, for `lastsMs`; one that is listed stays so for as long from now. Both are
 * the same worker only if nothing about it has changed.
 */
export async function announceWorker(redis: Redis, worker: ServingWorker, lastsMs = servingWorkerMs): Promise<void> {
  await announce(redis, [servingWorkersKey], [lastsMs, toMember(worker)]);
}

/** Takes the worker off the list. */
export async function withdrawWorker(redis: Redis, worker: ServingWorker): Promise<void> {
  await redis.zrem(servingWorkersKey, toMember(worker));
}

/** The workers that serve now, the most recently heard of last. What another version has written is left out. */
export async function servingWorkers(redis: Redis): Promise<ServingWorker[]> {
  return parseServingWorkers(z.array(z.string()).parse(await list(redis, [servingWorkersKey], [])));
}

/** Of the members of the list; what another version has written is left out. */
export function parseServingWorkers(members: readonly string[]): ServingWorker[] {
  return members.flatMap((member) => {
    const { success, data } = servingWorkerSchema.safeParse(parseJson(member));
    return success ? [data] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toMember({ id, engine, queues, processes }: ServingWorker): string {
  return JSON.stringify({ id, engine, queues, processes });
}
