import { describe, expect, it } from '@jest/globals';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fitsSocket, placeSocket } from './socket-path.js';

describe('where the socket of the embedded Redis lies', () => {
  it('is beside the data where the path is short enough', async () => {
    await expect(placeSocket('/srv/earshot/redis', tmpdir())).resolves.toEqual({
      path: '/srv/earshot/redis/redis.sock',
    });
  });

  it('is a new folder that only this user may enter where it is not', async () => {
    const { path, madeFolder = '' } = await placeSocket(`/srv/${'deep/'.repeat(20)}redis`, tmpdir());
    try {
      expect(dirname(path)).toBe(madeFolder);
      expect(fitsSocket(path)).toBe(true);
      expect((await stat(madeFolder)).mode & 0o777).toBe(0o700);
    } finally {
      await rm(madeFolder, { recursive: true });
    }
  });

  it.each([
    ['103 ASCII characters fit', 'a'.repeat(103), true],
    ['104 do not', 'a'.repeat(104), false],
    ['bytes count, not characters', 'ä'.repeat(52), false],
  ])('%s', (_promise, path, fits) => {
    expect(fitsSocket(path)).toBe(fits);
  });
});
