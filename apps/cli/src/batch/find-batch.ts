import type { Batch, BatchesClient, BatchFileLine } from '#client';
import { CommandError } from '../command-error.js';
import { batchKey } from './batch-key.js';
import { compareFiles, type Comparison } from './compare-files.js';

const mostRounds = 1000;

/** The batch of a folder, and how the folder's files stand to it. */
export interface FoundBatch extends Comparison {
  batch: Batch;
  /** How many of its files the folder has. */
  sent: number;
}

/**
 * The batch that a folder was being sent as, or a new one. One that takes no more files is over for a folder that has
 * others since: those go into the next. So is it for one that is watched, to which others may come.
 */
export async function findBatch(
  client: BatchesClient,
  folder: string,
  files: readonly string[],
  options: { model: string; out?: string | undefined; reuse: boolean; watch?: boolean | undefined },
): Promise<FoundBatch> {
  const { model, reuse } = options;
  for (let round = 0; round < mostRounds; round++) {
    const opened = await client.open({ model, reuse }, { idempotencyKey: batchKey(folder, options, round) });
    const batch = await client.get(opened.id);
    const sent = new Map<string, BatchFileLine>();
    for await (const file of client.files(batch.id)) sent.set(file.path, file);
    const comparison = await compareFiles(folder, files, sent);
    const isWhole = comparison.missing.length + comparison.changed.length === 0;
    const isOver = options.watch || !isWhole || batch.status === 'canceled';
    if (batch.status === 'open' || !isOver)
      return { batch, ...comparison, sent: files.length - comparison.missing.length };
  }
  throw new CommandError(`${folder} was sent ${mostRounds} times today; give --out another name to begin anew`);
}
