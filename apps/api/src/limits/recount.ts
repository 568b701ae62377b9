import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import {
  isQueueOutage,
  ownLimits,
  recountStoredBytes,
  redisKey,
  repeat,
  type ObjectStore,
  type QuotaLimits,
  type Repetition,
} from '#jobs';
import type { Logger } from 'pino';
import { toErrorFields } from '../logging/error-fields.js';

/** A count that is off stays so for this long at most. */
const recountEveryMs = 10 * 60 * 1000;
const lookEveryMs = 5000;

/** Held by whoever counted last, until it is time again (a text). */
const turnKey = redisKey('stored-bytes-turn');

/** Recounts what every owner has stored, every ten minutes, in one of all the API processes; only where it is limited. */
export function recountForQuotas(
  { redis, store, log }: { redis: Redis; store: ObjectStore; log: Logger },
  limits: QuotaLimits,
): Pick<Repetition, 'stop'> {
  const isLimited = async (): Promise<boolean> =>
    limits.bytes !== null || [...(await ownLimits(redis)).values()].some(({ bytes }) => bytes != null);
  const recount = async (): Promise<void> => {
    if (!(await isLimited())) return;
    const turn = randomUUID();
    if ((await redis.set(turnKey, turn, 'PX', recountEveryMs, 'NX')) === null) return;
    try {
      await recountStoredBytes(redis, store);
    } catch (error) {
      await redis.del(turnKey);
      throw error;
    }
  };
  return repeat(lookEveryMs, recount, (error) => {
    if (!isQueueOutage(error)) log.error(toErrorFields(error), 'stored bytes were not counted');
  });
}
