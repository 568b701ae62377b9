import { randomUUID } from 'node:crypto';
import { constants, mkdirSync, realpathSync } from 'node:fs';
import { link, lstat, open, readdir, readFile, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { parseByteRange } from './byte-range.js';
import { isFileSystemError, isMissing, makeFolderDurably, syncFolder, writeNewFile } from './durable-files.js';
import { folderPath, objectPath, unfinishedFolder } from './folder-layout.js';
import { keysBelow, toKeyParts } from './folder-listing.js';
import {
  ObjectMissingError,
  type ByteRange,
  type ListOptions,
  type ObjectInfo,
  type ObjectStore,
  type PutOptions,
} from './object-store.js';
import { leadsOut, RootGuard } from './root-guard.js';
import { reporting } from './reporting.js';
import { unavailable } from './unavailable.js';
import { within } from '../within.js';

const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW;

/** How often a put makes its folder again when a delete has just tidied it away. */
const mostFolderTries = 5;

/**
 * Objects as files below one folder, readable by their owner alone. A put writes a file aside, syncs it, renames it into
 * place and syncs the folder. No key, and no symbolic link below the root, leads out of the root: no object is a link.
 */
export class FolderStore implements ObjectStore {
  private readonly root: string;
  private readonly guard: RootGuard;

  /** @param folder made when missing */
  constructor(folder: string) {
    mkdirSync(join(folder, unfinishedFolder), { recursive: true, mode: 0o700 });
    this.root = realpathSync(resolve(folder));
    this.guard = new RootGuard(this.root);
  }

  async put(key: string, body: Uint8Array | Readable, options: PutOptions = {}): Promise<{ bytes: number }> {
    const target = objectPath(this.root, key);
    const aside = join(this.root, unfinishedFolder, randomUUID());
    // A stream may fail before the file is open and anybody reads it; it is asked afterwards.
    const source = body instanceof Readable ? body.on('error', () => undefined) : null;
    try {
      const bytes = await this.writeAside(aside, target, body, options);
      await this.placing(target, () => rename(aside, target), options);
      return { bytes };
    } catch (error) {
      const isOurs = isFileSystemError(error) && error !== source?.errored;
      source?.destroy();
      // What cannot be removed now goes with the other unfinished puts.
      await unlink(aside).catch(() => undefined);
      throw isOurs ? this.unavailable(error) : error;
    }
  }

  async create(key: string, body: Uint8Array): Promise<boolean> {
    const target = objectPath(this.root, key);
    const aside = join(this.root, unfinishedFolder, randomUUID());
    try {
      await this.writeAside(aside, target, body);
      await this.placing(target, () => link(aside, target));
      return true;
    } catch (error) {
      if (isFileSystemError(error) && error.code === 'EEXIST') return false;
      throw this.unavailable(error);
    } finally {
      await unlink(aside).catch(() => undefined);
    }
  }

  /** A second name for the same file, which no put ever changes: puts make new ones. */
  async copy(from: string, to: string): Promise<void> {
    const target = objectPath(this.root, to);
    const aside = join(this.root, unfinishedFolder, randomUUID());
    try {
      await this.guard.requireInside(dirname(target), { orAbove: true });
      await this.reading(from, (path) => link(path, aside));
      await this.placing(target, () => rename(aside, target));
    } catch (error) {
      throw error instanceof ObjectMissingError ? error : this.unavailable(error);
    } finally {
      await unlink(aside).catch(() => undefined);
    }
  }

  presignPut(): Promise<null> {
    return Promise.resolve(null);
  }

  presignGet(): Promise<null> {
    return Promise.resolve(null);
  }

  async get(key: string): Promise<Buffer> {
    return this.reading(key, (path) => readFile(path, { flag: readOnly }));
  }

  async stream(key: string, range?: ByteRange): Promise<Readable> {
    const options = range && parseByteRange(range);
    const file = await this.reading(key, (path) => open(path, readOnly));
    return reporting(file.createReadStream(options), (error) => this.unavailable(error));
  }

  async head(key: string): Promise<ObjectInfo | null> {
    try {
      const info = await this.reading(key, (path) => lstat(path));
      if (info.isSymbolicLink()) throw this.unavailable(leadsOut(objectPath(this.root, key)));
      return { key, bytes: info.size, modifiedAt: info.mtime };
    } catch (error) {
      if (error instanceof ObjectMissingError) return null;
      throw error;
    }
  }

  async *list(prefix: string, options: ListOptions = {}): AsyncIterable<ObjectInfo> {
    const { startAfter = '', limit = Infinity } = options;
    const from = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    let left = limit;
    for await (const key of keysBelow(from, { prefix, startAfter }, (folder) => this.partsOf(folder))) {
      if (left <= 0) return;
      const info = await this.head(key);
      if (info === null) continue; // Deleted while the list was read.
      left -= 1;
      yield info;
    }
  }

  async delete(key: string): Promise<void> {
    const path = objectPath(this.root, key);
    try {
      await this.guard.requireInside(dirname(path));
      await unlink(path);
      await this.tidy(dirname(path));
    } catch (error) {
      if (!isMissing(error)) throw this.unavailable(error);
    }
  }

  async deleteUnfinished(before: Date): Promise<number> {
    const folder = join(this.root, unfinishedFolder);
    let removed = 0;
    try {
      for (const name of await readdir(folder)) {
        const info = await stat(join(folder, name)).catch(() => null);
        if (info === null || info.mtime >= before) continue;
        await rm(join(folder, name), { force: true });
        removed += 1;
      }
      return removed;
    } catch (error) {
      throw this.unavailable(error);
    }
  }

  async probe(timeoutMs: number): Promise<void> {
    const path = join(this.root, unfinishedFolder, randomUUID());
    try {
      await within(timeoutMs, writeFile(path, '', { flag: 'wx' }));
    } catch (error) {
      throw this.unavailable(error);
    } finally {
      await unlink(path).catch(() => undefined);
    }
  }

  close(): void {
    // Nothing is kept open between calls.
  }

  /** @returns the size, once the file is on the disk and its target is known to be within the root */
  private async writeAside(
    aside: string,
    target: string,
    body: Uint8Array | Readable,
    options: PutOptions = {},
  ): Promise<number> {
    const inside = this.guard.requireInside(dirname(target), { orAbove: true });
    inside.catch(() => undefined); // Thrown below, once nothing is written any more.
    const bytes = await writeNewFile(aside, body, options);
    await inside;
    return bytes;
  }

  /** Has the file put at its target, in a folder that is made when it is missing; returns once both are on the disk. */
  private async placing(
    target: string,
    place: () => Promise<void>,
    { durable = true }: PutOptions = {},
  ): Promise<void> {
    const folder = dirname(target);
    for (let tries = 1; ; tries++) {
      try {
        if (tries > 1) await makeFolderDurably(folder);
        await place();
        if (durable) await syncFolder(folder);
        return;
      } catch (error) {
        if (!isMissing(error) || tries === mostFolderTries) throw error;
      }
    }
  }

  private async reading<T>(key: string, read: (path: string) => Promise<T>): Promise<T> {
    const path = objectPath(this.root, key);
    try {
      await this.guard.requireInside(dirname(path));
      return await read(path);
    } catch (error) {
      if (isFileSystemError(error) && error.code === 'ELOOP') throw this.unavailable(leadsOut(path));
      throw isMissing(error) ? new ObjectMissingError(key, { cause: error }) : this.unavailable(error);
    }
  }

  /** Removes folders that have become empty. One that a put has just filled stays. */
  private async tidy(folder: string): Promise<void> {
    for (let empty = folder; empty !== this.root; empty = dirname(empty)) {
      try {
        await rmdir(empty);
      } catch {
        return;
      }
    }
  }

  /** The next parts of keys below a folder, in the order of the whole keys. */
  private async partsOf(folder: string): Promise<string[]> {
    const path = folderPath(this.root, folder);
    try {
      await this.guard.requireInside(path);
      const entries = await readdir(path, { withFileTypes: true });
      return toKeyParts(entries);
    } catch (error) {
      if (isMissing(error)) return [];
      throw this.unavailable(error);
    }
  }

  private unavailable(cause: unknown): Error {
    return unavailable(`the store in ${this.root}`, cause);
  }
}
