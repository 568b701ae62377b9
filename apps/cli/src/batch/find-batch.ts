import type { Batch, BatchesClient, BatchFileLine } from '#client';
import { CommandError } from '../command-error.js';
import { batchKey } from './batch-key.js';
import { compareFiles, type Comparison } from './compare-files.js';

const mostRounds = 1000;

/** The batch of a folder, and how the folder's files stand to it. */
export interface FoundBatch extends Comparison {
  batch: Batch;
  /** How many of the folder's files are in it. */
  sent: number;
  /** Of a folder that is watched: those that take no more, whose files are not sent again. */
  earlier: string[];
}

/**
 * The batch that a folder was being sent as, or a new one. One that takes no more files is over for a folder that has
 * others since: those go into the next. So is it for one that is watched, to which others may come.
 *
 * @param known earlier batches of a watch: after a day their names are forgotten
 */
export async function findBatch(
  client: BatchesClient,
  folder: string,
  files: readonly string[],
  options: { model: string; out?: string | undefined; reuse: boolean; watch?: boolean | undefined },
  known: readonly string[] = [],
): Promise<FoundBatch> {
  const { model, reuse } = options;
  const earlier = [...known];
  for (let round = 0; round < mostRounds; round++) {
    const opened = await client.open({ model, reuse }, { idempotencyKey: batchKey(folder, options, round) });
    if (earlier.includes(opened.id)) continue;
    const batch = await client.get(opened.id);
    if (options.watch && batch.status !== 'open') {
      // What was canceled has no results; it is sent again.
      if (batch.status !== 'canceled') earlier.push(batch.id);
      continue;
    }
    const own = await filesOf(client, [batch.id]);
    const comparison = await compareFiles(folder, files, new Map([...(await filesOf(client, earlier)), ...own]));
    const isWhole = comparison.missing.length + comparison.changed.length === 0;
    if (batch.status === 'open' || (isWhole && batch.status !== 'canceled'))
      return { batch, ...comparison, earlier, sent: files.filter((path) => own.has(path.normalize('NFC'))).length };
  }
  throw new CommandError(`${folder} was sent ${mostRounds} times today; give --out another name to begin anew`);
}

async function filesOf(client: BatchesClient, ids: readonly string[]): Promise<Map<string, BatchFileLine>> {
  const files = new Map<string, BatchFileLine>();
  for (const id of ids) for await (const file of client.files(id)) files.set(file.path, file);
  return files;
}
