import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { EarshotProblem, type BatchesClient } from '#client';
import { fileChangeWords, isFileChange, problemWords } from '../client/problem-words.js';
import { withPatience, type OnOutage } from './patience.js';

/** Files under way at the same time: enough to keep a server busy that is some milliseconds away. */
const atOnce = 8;

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
}

/**
 * Sends files into a batch, some at a time. One that is refused, or cannot be read, does not stop the others.
 *
 * @returns those, in the order in which they were met
 */
export async function sendFiles(paths: Iterable<string>, sending: Sending): Promise<RefusedFile[]> {
  const refused: RefusedFile[] = [];
  const waiting = paths[Symbol.iterator]();
  const sendNext = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      sending.signal.throwIfAborted();
      const refusal = await sendFile(next.value, sending);
      if (refusal === null) sending.onSent(next.value);
      else refused.push(refusal);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sendNext));
  return refused;
}

async function sendFile(path: string, sending: Sending): Promise<RefusedFile | null> {
  const { client, batchId, folder, signal, onOutage } = sending;
  try {
    await withPatience(
      async () => client.addFile(batchId, path, await openAsBlob(join(folder, path))),
      signal,
      onOutage,
    );
    return null;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EarshotProblem && isOfFile(error))
      return { path, code: error.code, detail: problemWords(error) };
    if (isFileError(error)) return { path, code: 'not_readable', detail: error.message };
    if (isFileChange(error)) return { path, code: 'not_readable', detail: fileChangeWords };
    throw error;
  }
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
