import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BatchesClient } from '#client';
import { isProblem } from '../client/problem-words.js';
import { CommandError } from '../command-error.js';

/**
 * Writes the results of a batch as CSV; readers of the file see the old one or all of the new one.
 *
 * @throws CommandError if it cannot be written
 */
export async function writeResults(client: BatchesClient, batchId: string, out: string): Promise<void> {
  const aside = `${out}.unfinished`;
  try {
    await pipeline(Readable.fromWeb(await client.resultsCsv(batchId)), createWriteStream(aside));
    await rename(aside, out);
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => undefined);
    if (isProblem(cause)) throw cause;
    throw new CommandError(`${out} cannot be written: ${(cause as Error).message}`, { cause });
  }
}
