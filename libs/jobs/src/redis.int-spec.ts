import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { holdUp } from '../../../test/hold-up.js';
import { startRedis } from '../../../test/with-redis.js';
import { until } from '../../../test/until.js';
import { connectPromptRedis } from './redis.js';

type TestRedis = Awaited<ReturnType<typeof startRedis>>;

async function withPromptRedis(use: (redis: Redis, server: TestRedis) => Promise<void>): Promise<void> {
  const server = await startRedis();
  const redis = connectPromptRedis(server.address, () => undefined);
  try {
    await until('it is connected', () => redis.status === 'ready');
    await use(redis, server);
  } finally {
    redis.disconnect();
    await server.discard();
  }
}

describe('a prompt connection', () => {
  it('waits for Redis, not for the process that it is in', () =>
    withPromptRedis(async (redis) => {
      const answers = [redis.ping(), redis.multi().ping().exec()];
      holdUp(1600);
      expect(await Promise.all(answers)).toEqual(['PONG', [[null, 'PONG']]]);
    }));

  it('does not wait long for a Redis that does not answer', () =>
    withPromptRedis(async (redis, server) => {
      server.pause();
      await expect(redis.ping()).rejects.toThrow('Command timed out');
    }));
});
