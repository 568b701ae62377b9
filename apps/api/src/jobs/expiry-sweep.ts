import type { Redis } from 'ioredis';
import { isQueueOutage, repeat, sweepExpired, type Repetition } from '#jobs';
import type { Logger } from 'pino';
import { toErrorFields } from '../logging/error-fields.js';

const sweepIntervalMs = 1000;

/** Ends the jobs that did not start in time, once a second; here, because it must happen when no worker lives. */
export function sweepExpiredJobs(redis: Redis, log: Logger): Repetition {
  const sweep = async (): Promise<void> => {
    const ended = await sweepExpired(redis);
    if (ended > 0) log.info({ ended }, 'jobs expired');
  };
  return repeat(sweepIntervalMs, sweep, (error) => {
    if (!isQueueOutage(error)) log.error(toErrorFields(error), 'the sweep of expired jobs failed');
  });
}
