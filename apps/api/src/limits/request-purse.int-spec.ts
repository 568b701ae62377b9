import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { withRedis } from '../../../../test/with-redis.js';
import { RequestPurse } from './request-purse.js';

const limit = { requests: 1000, windowSeconds: 10_000 };
const withConnection = (run: (redis: Redis) => Promise<void>) => withRedis((redis) => redis.ask(run));

/** Counts so many requests at once, and says how many were allowed. */
async function countAll(purse: RequestPurse, times: number): Promise<number> {
  const counted = await Promise.all(Array.from({ length: times }, () => purse.count()));
  return counted.filter(({ allowed }) => allowed).length;
}

async function scriptsRun(redis: Redis): Promise<number> {
  const stats = await redis.info('commandstats');
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}

describe('the purses of all processes', () => {
  it('hand out no more than the owner has, and hardly less', () =>
    withConnection(async (redis) => {
      const purses = Array.from({ length: 4 }, () => new RequestPurse(redis, 'acme', limit));
      const counts = await Promise.all(purses.map((purse) => countAll(purse, 400)));
      const allowed = counts.reduce((sum, count) => sum + count);
      // The bucket gives back a tenth of a request a second.
      expect(allowed).toBeLessThanOrEqual(1001);
      expect(allowed).toBeGreaterThan(990);
    }));

  it('ask Redis seldom when there are many requests, and not at all when none is left', () =>
    withConnection(async (redis) => {
      const purse = new RequestPurse(redis, 'acme', limit);
      expect(await countAll(purse, 990)).toBe(990);
      const asked = await scriptsRun(redis);
      expect(asked).toBeLessThan(120);
      expect(await countAll(purse, 100)).toBeLessThan(12);
      const askedThen = await scriptsRun(redis);
      expect(await purse.count()).toMatchObject({ allowed: false, left: 0 });
      expect(await scriptsRun(redis)).toBe(askedThen);
    }));

  it('give back what an owner that has become quiet does not use', () =>
    withConnection(async (redis) => {
      let now = 0;
      const busy = new RequestPurse(redis, 'acme', limit, () => now);
      await countAll(busy, 100);
      // The handful of then is over.
      now = 5000;
      expect(await busy.count()).toMatchObject({ allowed: true, left: 1000 - 101 });
    }));
});
