import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { EarshotProblem, type Batch, type BatchesClient } from '#client';
import { CommandError } from '../command-error.js';
import { batchKey } from './batch-key.js';
import { BatchProgress } from './batch-progress.js';
import { withPatience, type OnOutage } from './patience.js';
import { reportBatches } from './report-batches.js';
import type { BatchOptions, BatchSurroundings } from './run-batch.js';
import { untilOver } from './until-over.js';
import { writeResults } from './write-results.js';

const mostRounds = 100;

/** Whether what is to be sent is one file: an archive, of which the server finds out what kind it is. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
}

/**
 * Sends an archive as one batch, waits until it is unpacked and every file has ended, and tells how each fared. Stopped at
 * any moment and begun again within a day, it finds its batch.
 *
 * @throws CommandError if the archive is refused, or a file has no result
 */
export async function runArchive(
  client: BatchesClient,
  file: string,
  options: BatchOptions,
  { terminal, printJson, signal }: BatchSurroundings,
): Promise<void> {
  if (options.watch) throw new CommandError(`${file} is a file; --watch is for folders`);
  let trouble: string | null = null;
  const onOutage: OnOutage = (why) => {
    trouble = why;
    if (why !== null) terminal.progress(`waiting: ${why}`);
  };
  const { id, model } = await open(client, file, options, { signal, onOutage });
  terminal.line(`${id}: ${file} for ${model.name} ${model.version}`);
  const progress = new BatchProgress();
  const show = (batch: Batch) => {
    const { total } = batch.counts;
    const isUnpacking = batch.unpacking?.status === 'running';
    terminal.progress(progress.line(batch, { sent: total, total, trouble, isUnpacking }, terminal.width));
  };
  const look = () => withPatience(() => client.get(id), signal, onOutage);
  const batch = await untilOver(() => Promise.resolve(), look, show, undefined);
  terminal.clearProgress();
  if (options.out !== undefined) await writeResults(client, [batch], options.out);
  if (options.json) printJson(JSON.stringify(batch));
  const error = batch.unpacking?.error;
  if (error) terminal.line(`${terminal.paint('red', 'not unpacked to its end')}  ${error.code}: ${error.detail}`);
  await reportBatches(client, [batch], { ...options, refused: [], terminal });
  if (error) throw new CommandError(`${file} was not unpacked to its end`);
}

/**
 * The batch of this archive: one under the same name that has other bytes, or was canceled, or could not be unpacked for
 * something that may have passed, is followed by the next.
 */
async function open(
  client: BatchesClient,
  file: string,
  { model, out, reuse }: BatchOptions,
  { signal, onOutage }: { signal: AbortSignal; onOutage: OnOutage },
): Promise<Batch> {
  for (let round = 0; round < mostRounds; round++) {
    const idempotencyKey = batchKey(file, { model, out, reuse }, round);
    const send = async () => client.openWithArchive(await openAsBlob(file), { model, reuse }, { idempotencyKey });
    try {
      const batch = await withPatience(send, signal, onOutage);
      if (batch.status !== 'canceled' && !isToBeSentAgain(batch)) return batch;
    } catch (error) {
      if (!(error instanceof EarshotProblem) || error.code !== 'idempotency_key_reused') throw error;
    }
  }
  throw new CommandError(`${file} was sent ${mostRounds} times today; give --out another name to begin anew`);
}

/** What stopped the unpacking was not the archive. */
function isToBeSentAgain({ unpacking }: Batch): boolean {
  return unpacking?.status === 'refused' && unpacking.error?.code !== 'archive_refused';
}
