import type { Redis } from 'ioredis';
import { connectPromptRedis } from '#jobs';
import type { Logger } from 'pino';

/** The connection that requests use: it fails at once while Redis is away. An outage is logged once, and its end. */
export function connectQueue(address: string, log: Logger): Redis {
  let isOut = false;
  const redis = connectPromptRedis(address, (error) => {
    if (!isOut) log.warn({ error: error.message }, 'Redis cannot be reached');
    isOut = true;
  });
  redis.on('ready', () => {
    if (isOut) log.info('Redis is back');
    isOut = false;
  });
  return redis;
}
