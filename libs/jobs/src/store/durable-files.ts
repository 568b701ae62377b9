import { constants } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PutOptions } from './object-store.js';

/** Writes a new file that only its owner may read; returns its size once it is on the disk, unless it is not durable. */
export async function writeNewFile(
  path: string,
  body: Uint8Array | Readable,
  { signal, durable = true }: Pick<PutOptions, 'signal' | 'durable'>,
): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    const bytes = await append(file, body, signal);
    signal?.throwIfAborted();
    if (durable) await file.sync();
    return bytes;
  } finally {
    closeLater(file);
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
    closeLater(handle);
  }
}

export function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

export function isMissing(error: unknown): boolean {
  return isFileSystemError(error) && ['ENOENT', 'ENOTDIR'].includes(error.code ?? '');
}

/** @returns how many bytes */
async function append(file: FileHandle, body: Uint8Array | Readable, signal?: AbortSignal): Promise<number> {
  if (!(body instanceof Uint8Array))
    return pipeline(body, (chunks: AsyncIterable<Buffer>) => appendAll(file, chunks), { signal });
  await file.writeFile(body, { signal });
  return body.length;
}

/** Not a write stream: one that shares the handle keeps it from being closed, or closes it itself when aborted. */
async function appendAll(file: FileHandle, chunks: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) {
    await file.appendFile(chunk);
    bytes += chunk.length;
  }
  return bytes;
}

/** Nobody waits for it: what was written is on the disk, and each wait for another thread is a millisecond when all are busy. */
function closeLater(file: FileHandle): void {
  file.close().catch(() => undefined);
}
