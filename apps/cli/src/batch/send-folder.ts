import { EarshotProblem, type Batch, type BatchesClient } from '#client';
import { CommandError } from '../command-error.js';
import { BatchProgress } from './batch-progress.js';
import { findBatch, type FoundBatch } from './find-batch.js';
import { withPatience } from './patience.js';
import type { BatchOptions, BatchSurroundings } from './run-batch.js';
import { sendFiles, type RefusedFile, type Sending } from './send-files.js';
import { untilOver } from './until-over.js';
import { walkFolder } from './walk-folder.js';
import { newFilesIn } from './watch-folder.js';

/** What a folder was sent as. */
export interface SentFolder {
  /** One, and of a folder that is watched those before it that took no more files. */
  batches: Batch[];
  /** Files of the folder that are in none. */
  refused: RefusedFile[];
}

/**
 * Sends a folder as one batch, and waits until every file has ended; one that is watched is sent until it is told to stop,
 * as one batch after the other where the server closes them.
 *
 * @param known earlier batches of a watch
 * @throws CommandError if there is nothing to send
 */
export async function sendFolder(
  client: BatchesClient,
  folder: string,
  options: BatchOptions,
  surroundings: Omit<BatchSurroundings, 'printJson'>,
  known: readonly string[] = [],
): Promise<SentFolder> {
  const { terminal, signal } = surroundings;
  const { files, leftOut } = await walkFolder(folder);
  if (files.length === 0 && !options.watch) throw new CommandError(`${folder} has no recordings and no images`);
  const found = await findBatch(client, folder, files, options, known);
  const { batch, missing, earlier } = found;
  terminal.line(introduction(folder, found, { files: files.length, leftOut }));
  const total = options.watch ? found.sent : files.length;
  const state = { sent: found.sent, total, trouble: null as string | null };
  const sending: Sending = {
    ...{ client, batchId: batch.id, folder, signal },
    onOutage: (why) => (state.trouble = why),
    onSent: () => (state.sent += 1),
  };
  const refused: RefusedFile[] = found.changed.map((path) => ({ path, code: 'batch_file_differs', detail: changed }));
  const sendAll = async () => {
    refused.push(...(await sendFiles(missing, sending)));
    await withPatience(() => client.close(batch.id), signal, sending.onOutage);
  };
  const watch = async () => {
    const waiting = new Set(missing);
    const there = files.filter((path) => !waiting.has(path));
    for await (const paths of newFilesIn(folder, there, signal)) {
      state.total += paths.length;
      refused.push(...(await sendFiles(paths, sending)));
    }
  };
  const progress = new BatchProgress();
  const show = (seen: Batch) => terminal.progress(progress.line(seen, state, terminal.width));
  const look = (id: string) => withPatience(() => client.get(id), signal, sending.onOutage);
  try {
    const stop = options.watch ? signal : undefined;
    const last = await untilOver(options.watch ? watch : sendAll, () => look(batch.id), show, stop);
    return { batches: [...(await Promise.all(earlier.map(look))), last], refused };
  } catch (error) {
    if (!options.watch || !isClosed(error) || (await look(batch.id)).status === 'canceled') throw error;
    return await sendFolder(client, folder, options, surroundings, [...earlier, batch.id]);
  } finally {
    terminal.clearProgress();
  }
}

const changed = 'It was sent with other bytes than it has now; put it under another name to have it predicted as well.';

function introduction(
  folder: string,
  { batch, missing }: FoundBatch,
  { files, leftOut }: { files: number; leftOut: number },
): string {
  const sent = files - missing.length;
  const known = sent > 0 ? `, ${sent} of them sent before` : '';
  const others = leftOut > 0 ? `; ${leftOut} other ${leftOut === 1 ? 'file is' : 'files are'} left out` : '';
  const what = files === 1 ? 'file' : 'files';
  return `${batch.id}: ${files} ${what} of ${folder} for ${batch.model.name} ${batch.model.version}${known}${others}`;
}

/** Nobody brought a file for so long that the server closed the batch. */
function isClosed(error: unknown): boolean {
  return error instanceof EarshotProblem && error.code === 'batch_closed';
}
