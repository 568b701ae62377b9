import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { withRedis } from '../../../../test/with-redis.js';
import { createKey, findKey, listKeys, revokeKey } from './key-store.js';
import { hashKeyText } from './key-text.js';

const withConnection = (run: (redis: Redis) => Promise<void>) => withRedis((redis) => redis.ask(run));
const asked = { owner: 'acme', scopes: ['submit', 'read'], name: 'nightly' } as const;

describe('the keys', () => {
  it('are found by their hash, and kept without their text', () =>
    withConnection(async (redis) => {
      const { text, record } = await createKey(redis, asked, 1000);
      expect(record).toMatchObject({ ...asked, createdAt: 1000 });
      expect(await findKey(redis, hashKeyText(text), 90_000)).toEqual({ ...record, lastUsedAt: 90_000 });
      expect(await findKey(redis, hashKeyText('another'))).toBeNull();
      const stored = await Promise.all((await redis.keys('*')).map((key) => redis.dump(key)));
      expect(stored.join('')).not.toContain(text.slice(4, 20));
    }));

  it('are listed, the newest first, with when they were last used, to the minute', () =>
    withConnection(async (redis) => {
      const first = await createKey(redis, asked, 1000);
      await createKey(redis, { ...asked, name: null }, 2000);
      for (const at of [100_000, 101_000, 159_999]) await findKey(redis, hashKeyText(first.text), at);
      expect(await listKeys(redis)).toMatchObject([{ name: null }, { name: 'nightly', lastUsedAt: 100_000 }]);
      await findKey(redis, hashKeyText(first.text), 160_000);
      expect((await listKeys(redis))[1]?.lastUsedAt).toBe(160_000);
    }));

  it('are revoked once, and stay in the list', () =>
    withConnection(async (redis) => {
      const { text, record } = await createKey(redis, asked, 1000);
      expect(await revokeKey(redis, record.id, 2000)).toBe('revoked');
      expect(await revokeKey(redis, record.id, 3000)).toBe('already');
      expect(await revokeKey(redis, 'key_none')).toBe('missing');
      expect(await findKey(redis, hashKeyText(text))).toBeNull();
      expect(await listKeys(redis)).toEqual([{ ...record, revokedAt: 2000 }]);
    }));
});
