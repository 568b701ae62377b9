import { expect, it } from '@jest/globals';
import { startRedis } from '../../../test/with-redis.js';
import { until } from '../../../test/until.js';
import { connectPromptRedis } from './redis.js';

it('a prompt connection waits for Redis, not for the process that it is in', async () => {
  const server = await startRedis();
  const redis = connectPromptRedis(server.address, () => undefined);
  try {
    await until('it is connected', () => redis.status === 'ready');
    const answers = [redis.ping(), redis.multi().ping().exec()];
    for (const end = performance.now() + 1600; performance.now() < end;);
    expect(await Promise.all(answers)).toEqual(['PONG', [[null, 'PONG']]]);
    server.pause();
    await expect(redis.ping()).rejects.toThrow('Command timed out');
  } finally {
    redis.disconnect();
    await server.discard();
  }
});
