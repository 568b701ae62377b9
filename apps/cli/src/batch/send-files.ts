import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { EarshotProblem, type BatchesClient } from '#client';
import { fileChangeWords, isFileChange, problemWords } from '../client/problem-words.js';
import { withPatience, type OnOutage } from './patience.js';

/** Files under way at the same time: enough to keep a server busy that is some milliseconds away. */
const atOnce = 8;

/** The code of a file that may be readable later, as one that is still being written. */
export const notReadable = 'not_readable';

/** A file that did not get into the batch, and why. */
export interface RefusedFile {
  path: string;
  code: string;
  detail: string;
}

export interface Sending {
  client: BatchesClient;
  batchId: string;
  folder: string;
  signal: AbortSignal;
  onOutage: OnOutage;
  /** Called for each file that the batch has now. */
  onSent: (path: string) => void;
  onRefused: (refusal: RefusedFile) => void;
}

/**
 * Sends files into a batch, some at a time. One that is refused, or cannot be read, does not stop the others. Told to stop,
 * it sends those that are under way, and no others.
 */
export async function sendFiles(paths: Iterable<string>, sending: Sending): Promise<void> {
  const waiting = paths[Symbol.iterator]();
  const sendNext = async () => {
    while (!sending.signal.aborted) {
      const next = waiting.next();
      if (next.done) return;
      await sendFile(next.value, sending);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sendNext));
}

async function sendFile(path: string, sending: Sending): Promise<void> {
  const { client, batchId, folder, signal, onOutage } = sending;
  try {
    await withPatience(
      async () => client.addFile(batchId, path, await openAsBlob(join(folder, path))),
      signal,
      onOutage,
    );
    sending.onSent(path);
  } catch (error) {
    if (signal.aborted) return;
    const why = whyRefused(error);
    if (why === undefined) throw error;
    sending.onRefused({ path, ...why });
  }
}

/** Nothing where it is not the file that failed. */
function whyRefused(error: unknown): Omit<RefusedFile, 'path'> | undefined {
  if (error instanceof EarshotProblem && isOfFile(error)) return { code: error.code, detail: problemWords(error) };
  if (isFileError(error)) return { code: notReadable, detail: error.message };
  if (isFileChange(error)) return { code: notReadable, detail: fileChangeWords };
  return undefined;
}

/** Not one that all other files would meet as well. */
function isOfFile({ status, code }: EarshotProblem): boolean {
  return (
    status >= 400 &&
    status < 500 &&
    !['batch_closed', 'batch_not_found', 'model_removed'].includes(code) &&
    ![401, 403].includes(status)
  );
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ERR_INVALID_ARG_VALUE'].includes(String(error.code))
  );
}
