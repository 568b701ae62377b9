import { constants } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes a new file that only its owner may read; returns its size once it is on the disk. */
export async function writeDurably(path: string, body: Uint8Array | Readable, signal?: AbortSignal): Promise<number> {
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

/** Makes a folder and those above it; each new one is itself an entry that must be on the disk. */
export async function makeFolderDurably(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Returns once the folder's entries are on the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

export function isMissing(error: unknown): boolean {
  return isFileSystemError(error) && ['ENOENT', 'ENOTDIR'].includes(error.code ?? '');
}

/** Not a write stream: one that shares the handle keeps it from being closed, or closes it itself when aborted. */
async function appendAll(file: FileHandle, chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of chunks) await file.appendFile(chunk);
}
