import { randomUUID } from 'node:crypto';
import { constants, createReadStream, mkdirSync, realpathSync } from 'node:fs';
import {
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { folderPath, objectPath, toKeyPart, unfinishedFolder } from './folder-layout.js';
import {
  ObjectMissingError,
  StoreUnavailableError,
  type ByteRange,
  type ListOptions,
  type ObjectInfo,
  type ObjectStore,
  type PutOptions,
} from './object-store.js';
import { within } from './within.js';

/** How often a put makes its folder again when a delete has just tidied it away. */
const mostFolderTries = 5;

/**
 * Objects as files below one folder, readable by their owner alone. A put writes a file aside, syncs it, renames it into
 * place and syncs the folder. No key, and no symbolic link below the root, leads out of the root.
 */
export class FolderStore implements ObjectStore {
  private readonly root: string;

  /** @param folder made when missing */
  constructor(folder: string) {
    mkdirSync(join(folder, unfinishedFolder), { recursive: true, mode: 0o700 });
    this.root = realpathSync(resolve(folder));
  }

  async put(key: string, body: Uint8Array | Readable, options: PutOptions = {}): Promise<{ bytes: number }> {
    const target = objectPath(this.root, key);
    const aside = join(this.root, unfinishedFolder, randomUUID());
    try {
      const bytes = await writeDurably(aside, body, options.signal);
      await this.moveIntoPlace(aside, target);
      return { bytes };
    } catch (error) {
      await rm(aside, { force: true });
      throw isFileSystemError(error) ? unavailable(error) : error;
    }
  }

  async get(key: string): Promise<Buffer> {
    return this.reading(key, (path) => readFile(path));
  }

  async stream(key: string, range?: ByteRange): Promise<Readable> {
    const file = await this.reading(key, (path) => open(path, constants.O_RDONLY | constants.O_NOFOLLOW));
    return createReadStream('', { fd: file, ...range });
  }

  async head(key: string): Promise<ObjectInfo | null> {
    try {
      const { size, mtime } = await this.reading(key, (path) => stat(path));
      return { key, bytes: size, modifiedAt: mtime };
    } catch (error) {
      if (error instanceof ObjectMissingError) return null;
      throw error;
    }
  }

  async *list(prefix: string, options: ListOptions = {}): AsyncIterable<ObjectInfo> {
    const { startAfter = '', limit = Infinity } = options;
    const from = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    let left = limit;
    for await (const key of this.keysBelow(from, prefix, startAfter)) {
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
      await this.refuseEscape(dirname(path));
      await unlink(path);
      await this.tidy(dirname(path));
    } catch (error) {
      if (!isMissing(error)) throw unavailable(error);
    }
  }

  async deleteUnfinished(before: Date): Promise<number> {
    const folder = join(this.root, unfinishedFolder);
    let removed = 0;
    for (const name of await readdir(folder)) {
      const info = await stat(join(folder, name)).catch(() => null);
      if (info === null || info.mtime >= before) continue;
      await rm(join(folder, name), { force: true });
      removed += 1;
    }
    return removed;
  }

  async probe(timeoutMs: number): Promise<void> {
    const path = join(this.root, unfinishedFolder, randomUUID());
    try {
      await within(timeoutMs, writeFile(path, '', { flag: 'wx' }));
    } catch (error) {
      throw unavailable(error);
    } finally {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }

  close(): void {
    // Nothing is kept open between calls.
  }

  private async moveIntoPlace(aside: string, target: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.makeFolder(dirname(target));
        await this.refuseEscape(dirname(target));
        await rename(aside, target);
        return await syncFolder(dirname(target));
      } catch (error) {
        if (!isMissing(error) || tries === mostFolderTries) throw error;
      }
    }
  }

  /** Each new folder is itself an entry that must be durable. */
  private async makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
  }

  private async reading<T>(key: string, read: (path: string) => Promise<T>): Promise<T> {
    const path = objectPath(this.root, key);
    try {
      await this.refuseEscape(path);
      return await read(path);
    } catch (error) {
      throw isMissing(error) ? new ObjectMissingError(key, { cause: error }) : unavailable(error);
    }
  }

  private async refuseEscape(path: string): Promise<void> {
    const real = await realpath(path);
    if (real !== this.root && !real.startsWith(this.root + sep))
      throw new Error(`${path} leads out of the store: remove the symbolic link`);
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

  private async *keysBelow(folder: string, prefix: string, startAfter: string): AsyncGenerator<string> {
    for (const part of await this.partsOf(folder)) {
      const key = folder + part;
      const isFolder = part.endsWith('/');
      if (!(isFolder && prefix.startsWith(key)) && !key.startsWith(prefix)) continue;
      if (compareUtf8(key, startAfter) <= 0 && !(isFolder && startAfter.startsWith(key))) continue;
      if (isFolder) yield* this.keysBelow(key, prefix, startAfter);
      else yield key;
    }
  }

  /** The next parts of keys below a folder, in the order of the whole keys. */
  private async partsOf(folder: string): Promise<string[]> {
    try {
      const entries = await readdir(folderPath(this.root, folder), { withFileTypes: true });
      return entries.flatMap((entry) => toKeyPart(entry) ?? []).sort(compareUtf8);
    } catch (error) {
      if (isMissing(error)) return [];
      throw unavailable(error);
    }
  }
}

async function writeDurably(path: string, body: Uint8Array | Readable, signal?: AbortSignal): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    if (body instanceof Uint8Array) await file.writeFile(body, { signal });
    else await pipeline(body, (chunks: AsyncIterable<Buffer>) => appendAll(file, chunks), { signal });
    signal?.throwIfAborted();
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** Not a write stream: one that shares the handle keeps it from being closed, or closes it itself when aborted. */
async function appendAll(file: FileHandle, chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of chunks) await file.appendFile(chunk);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function isMissing(error: unknown): boolean {
  return isFileSystemError(error) && ['ENOENT', 'ENOTDIR'].includes(error.code ?? '');
}

function unavailable(cause: unknown): StoreUnavailableError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new StoreUnavailableError(`the folder store failed: ${words}`, { cause });
}
