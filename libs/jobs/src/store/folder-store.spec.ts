import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { withFolder } from '../../../../test/with-folder.js';
import { FolderStore } from './folder-store.js';
import { conformsToObjectStore } from './object-store.conformance.js';
import { StoreUnavailableError } from './object-store.js';

interface Folders {
  store: FolderStore;
  /** Where the store keeps its files. */
  objects: string;
  /** Beside it. */
  outside: string;
}

function withStore(run: (folders: Folders) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const [objects, outside] = [join(folder, 'objects'), join(folder, 'outside')];
    await mkdir(outside);
    await run({ store: new FolderStore(objects), objects, outside });
  });
}

async function keysOf(store: FolderStore, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
}

describe('a folder', () => {
  describe('is an object store', () => conformsToObjectStore((run) => withStore(({ store }) => run(store))));

  it('says that the store failed when a file cannot be read on', () =>
    withStore(async ({ store, objects }) => {
      await store.put('a/b', Buffer.from('bytes'));
      const path = join(objects, 'a', (await readdir(join(objects, 'a')))[0]!);
      await rm(path);
      await mkdir(path);
      await expect(store.stream('a/b').then(buffer)).rejects.toBeInstanceOf(StoreUnavailableError);
    }));

  it('keeps objects in files and folders that only their owner may read', () =>
    withStore(async ({ store, objects }) => {
      await store.put('a/b', Buffer.from('x'));
      const mode = async (path: string): Promise<number> => (await stat(join(objects, path))).mode & 0o777;
      expect(await mode('a/b~')).toBe(0o600);
      expect([await mode('.'), await mode('a'), await mode('.unfinished')]).toEqual([0o700, 0o700, 0o700]);
    }));

  it('has after it is opened again what it had before', () =>
    withStore(async ({ store, objects }) => {
      await store.put('a', Buffer.from('kept'));
      expect((await new FolderStore(objects).get('a')).toString()).toBe('kept');
    }));

  it('leaves no file aside, and no empty folder', () =>
    withStore(async ({ store, objects }) => {
      await store.put('a/b/c', Readable.from([Buffer.from('x')]));
      await store.put('a/d', Buffer.from('x'));
      expect((await filesIn(objects)).sort()).toEqual(['c~', 'd~']);
      await store.delete('a/b/c');
      await store.delete('a/d');
      expect(await readdir(objects)).toEqual(['.unfinished']);
    }));

  it('stores every object although others beside it are deleted, and their folder with them', () =>
    withStore(async ({ store }) => {
      const keys = Array.from({ length: 40 }, (_, index) => `a/b/${index}`);
      const comeAndGo = async (key: string): Promise<void> => {
        await store.put(`${key}-gone`, Buffer.from('x'));
        await Promise.all([store.delete(`${key}-gone`), store.put(key, Buffer.from('x'))]);
        await store.delete(key);
        await store.put(key, Buffer.from('x'));
      };
      await Promise.all(keys.map(comeAndGo));
      expect((await keysOf(store)).sort()).toEqual(keys.sort());
    }));

  it('passes over files that it has not written', () =>
    withStore(async ({ store, objects }) => {
      await store.put('a', Buffer.from('x'));
      await writeFile(join(objects, 'notes.txt'), 'not an object');
      await mkdir(join(objects, 'empty'));
      expect(await keysOf(store)).toEqual(['a']);
    }));

  it('follows no symbolic link that leads out of it', () =>
    withStore(async ({ store, objects, outside }) => {
      await writeFile(join(outside, 'secret~'), 'secret');
      await symlink(outside, join(objects, 'link'));
      await symlink(join(outside, 'secret~'), join(objects, 'file~'));
      const leads = 'leads out of the store';
      for (const key of ['link/secret', 'file']) {
        await expect(store.get(key)).rejects.toThrow(leads);
        await expect(store.stream(key)).rejects.toThrow(leads);
        await expect(store.head(key)).rejects.toThrow(leads);
      }
      await expect(store.put('link/new/object', Buffer.from('x'))).rejects.toThrow(leads);
      await expect(store.delete('link/secret')).rejects.toThrow(leads);
      await expect(keysOf(store, 'link/')).rejects.toThrow(leads);
      expect(await keysOf(store)).toEqual([]);
      expect(await readdir(outside)).toEqual(['secret~']);
    }));

  it('replaces a link in the place of an object, and not what it leads to', () =>
    withStore(async ({ store, objects, outside }) => {
      await writeFile(join(outside, 'target'), 'untouched');
      await symlink(join(outside, 'target'), join(objects, 'a~'));
      await store.put('a', Buffer.from('new'));
      expect((await store.get('a')).toString()).toBe('new');
      expect(await readFile(join(outside, 'target'), 'utf8')).toBe('untouched');
    }));

  it('may itself be reached through a link', () =>
    withStore(async ({ store, objects, outside }) => {
      await store.put('a', Buffer.from('x'));
      await symlink(objects, join(outside, 'link'));
      expect(await keysOf(new FolderStore(join(outside, 'link')))).toEqual(['a']);
    }));

  it.each([
    ['put', (store: FolderStore) => store.put('a', Buffer.from('x'))],
    ['probe', (store: FolderStore) => store.probe(1000)],
    ['deleteUnfinished', (store: FolderStore) => store.deleteUnfinished(new Date())],
  ])('that was taken away is unavailable to %s', (_name, call) =>
    withStore(async ({ store, objects }) => {
      await rm(objects, { recursive: true });
      await expect(call(store)).rejects.toBeInstanceOf(StoreUnavailableError);
    }),
  );

  it('tells the failure of a sender from its own', () =>
    withStore(async ({ store }) => {
      const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
      const body = new Readable({ read: () => undefined });
      const put = expect(store.put('a', body)).rejects.toBe(reset);
      body.destroy(reset);
      await put;
    }));
});
