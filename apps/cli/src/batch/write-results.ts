import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Batch, BatchesClient } from '#client';
import { isProblem } from '../client/problem-words.js';
import { CommandError } from '../command-error.js';
import { fileErrorWords } from '../files/stat-of.js';

const lineFeed = 10;

/**
 * Writes the results of batches as one CSV; readers of the file see the old one or all of the new one.
 *
 * @throws CommandError if it cannot be written
 */
export async function writeResults(client: BatchesClient, batches: readonly Batch[], out: string): Promise<void> {
  const aside = `${out}.unfinished`;
  try {
    await pipeline(rowsOf(client, batches), createWriteStream(aside));
    await rename(aside, out);
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => undefined);
    if (isProblem(cause)) throw cause;
    throw new CommandError(`${out} cannot be written: ${fileErrorWords(cause)}`, { cause });
  }
}

/** The first line, which names the columns, of the first alone. */
async function* rowsOf(client: BatchesClient, batches: readonly Batch[]): AsyncGenerator<Uint8Array> {
  for (const batch of batches) {
    let inHead = batch !== batches[0];
    for await (const chunk of Readable.fromWeb(await client.resultsCsv(batch.id)) as AsyncIterable<Uint8Array>) {
      const end = inHead ? chunk.indexOf(lineFeed) + 1 : 0;
      if (inHead && end === 0) continue;
      inHead = false;
      yield chunk.subarray(end);
    }
  }
}
