import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { withFolder } from '../with-folder.js';

const script = pathToFileURL(resolve('scripts/setup/exclusive.mjs')).href;
const { withLockFile } = (await import(script)) as {
  withLockFile: <T>(path: string, work: () => Promise<T>) => Promise<T>;
};

describe('withLockFile', () => {
  it('lets one work after the other, and leaves nothing behind', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'locks', 'lock');
      let working = 0;
      const work = async () => {
        working += 1;
        await readdir(folder);
        expect(working).toBe(1);
        working -= 1;
      };
      await withLockFile(path, work);
      await withLockFile(path, work);
      expect(await readdir(join(folder, 'locks'))).toEqual([]);
    }));

  it.each([
    ['an empty file', ''],
    ['a file of something else', 'hello'],
    ['a process that is gone', '4194304'],
  ])('takes over %s that has been there for a while', (_what, content) =>
    withFolder(async (folder) => {
      await mkdir(folder, { recursive: true });
      const path = join(folder, 'lock');
      await writeFile(path, content);
      const before = new Date(Date.now() - 6000);
      await utimes(path, before, before);
      expect(await withLockFile(path, () => Promise.resolve('done'))).toBe('done');
    }),
  );
});
