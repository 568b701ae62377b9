import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { walkFolder } from './walk-folder.js';

const lookMs = 2000;
/** A file that has not changed for so long is taken as written to its end. */
const settledMs = 2000;

/**
 * The files that come into a folder, those of each look together; ends when it is told to.
 *
 * @param taken paths that are not new, to which each is added; one that is taken out comes again
 */
export async function* newFilesIn(folder: string, taken: Set<string>, signal: AbortSignal): AsyncGenerator<string[]> {
  while (!signal.aborted) {
    const { files } = await walkFolder(folder);
    const settled: string[] = [];
    for (const path of files) if (!taken.has(path) && (await isSettled(join(folder, path)))) settled.push(path);
    for (const path of settled) taken.add(path);
    if (settled.length > 0) yield settled;
    await delay(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

async function isSettled(file: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs >= settledMs;
  } catch {
    return false;
  }
}
