import type { Redis } from 'ioredis';
import { keyHashesKey } from '#jobs';
import type { Logger } from 'pino';
import type { ApiSettings } from '../settings.js';

/** Says, once Redis is there, when the API asks for keys and nobody can have one: every request would be refused. */
export function warnWithoutKeys(redis: Redis, settings: Pick<ApiSettings, 'auth' | 'adminKeyHash'>, log: Logger): void {
  if (settings.auth !== 'keys' || settings.adminKeyHash !== undefined) return;
  redis.once('ready', () => {
    redis.hlen(keyHashesKey).then(
      (count) => {
        if (count === 0) log.warn('there are no API keys: set EARSHOT_ADMIN_KEY to make the first');
      },
      () => undefined,
    );
  });
}
