import { describe, expect, it } from '@jest/globals';
import { withRedis } from '../../../../test/with-redis.js';
import { durabilityWarnings } from './redis-durability.js';

describe('durabilityWarnings', () => {
  it('is silent about a Redis that loses nothing', () =>
    withRedis(async (redis) => {
      expect(await redis.ask(durabilityWarnings)).toEqual([]);
    }));

  it('names each setting by which accepted jobs may be lost', () =>
    withRedis(
      async (redis) => {
        const warnings = await redis.ask(durabilityWarnings);
        expect(warnings.map((warning) => /(append\w+|maxmemory-policy)/.exec(warning)?.[0])).toEqual([
          'appendonly',
          'appendfsync',
          'maxmemory-policy',
        ]);
      },
      ['--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru'],
    ));

  it('says so when Redis does not let its settings be read', () =>
    withRedis(
      async (redis) => {
        expect(await redis.ask(durabilityWarnings)).toContain('Redis does not tell its appendonly; it should be yes.');
      },
      ['--rename-command', 'CONFIG', ''],
    ));
});
