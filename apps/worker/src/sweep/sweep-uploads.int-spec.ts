import { describe, expect, it } from '@jest/globals';
import { FolderStore, newUploadId, uploadKey } from '#jobs';
import { withFolder } from '../../../../test/with-folder.js';
import { withRedis } from '../../../../test/with-redis.js';
import { sweepLeftovers } from './sweep-leftovers.js';

const hour = 3_600_000;

describe('the sweep of uploads', () => {
  it('removes those that are old enough, of every owner', () =>
    withRedis((server) =>
      server.ask((redis) =>
        withFolder(async (folder) => {
          const store = new FolderStore(folder);
          const keys = ['local', 'other'].map((owner) => uploadKey(owner, newUploadId()));
          for (const key of keys) await store.put(key, Buffer.from('bytes'));
          expect(await sweepLeftovers({ redis, store }, hour, Date.now() + hour / 2)).toBe(0);
          expect(await sweepLeftovers({ redis, store }, hour, Date.now() + 2 * hour)).toBe(2);
          for (const key of keys) expect(await store.head(key)).toBeNull();
        }),
      ),
    ));
});
