import { EarshotProblem, type Batch, type BatchesClient } from '#client';
import { CommandError } from '../command-error.js';
import { BatchProgress } from './batch-progress.js';
import { findBatch, type FoundBatch } from './find-batch.js';
import { withPatience, type OnOutage } from './patience.js';
import { showFailure } from './report-batches.js';
import type { BatchOptions, BatchSurroundings } from './run-batch.js';
import { notReadable, sendFiles, type RefusedFile, type Sending } from './send-files.js';
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
  const whileFinding: OnOutage = (why) => why !== null && terminal.progress(`waiting: ${why}`);
  const find = () => findBatch(client, folder, files, options, known);
  // At first somebody looks on, who learns at once that nobody answers.
  const found = await (known.length === 0 ? find() : withPatience(find, signal, whileFinding));
  const { batch, missing, earlier } = found;
  terminal.line(introduction(folder, found, { files: files.length, leftOut }));
  const total = options.watch ? found.sent : files.length;
  const state = { sent: found.sent, total, trouble: null as string | null };
  const waiting = new Set(missing);
  const taken = new Set(files.filter((path) => !waiting.has(path)));
  const refused = new Map<string, RefusedFile>();
  const onRefused = (refusal: RefusedFile) => {
    refused.set(refusal.path, refusal);
    if (!options.watch) return;
    if (refusal.code !== notReadable) return showFailure(refusal, terminal);
    taken.delete(refusal.path);
    state.total -= 1;
  };
  for (const path of found.changed) onRefused({ path, code: 'batch_file_differs', detail: changed });
  const onSent = (path: string) => {
    refused.delete(path);
    state.sent += 1;
  };
  const onOutage: OnOutage = (why) => (state.trouble = why);
  const send = async (over: AbortSignal) => {
    const either = AbortSignal.any([signal, over]);
    const sending = { client, batchId: batch.id, folder, signal: either, onOutage, onSent, onRefused };
    if (options.watch) return sendNewFiles(taken, sending, (count) => (state.total += count));
    await sendFiles(missing, sending);
    either.throwIfAborted();
    await withPatience(() => client.close(batch.id), either, onOutage);
  };
  const progress = new BatchProgress();
  const show = (seen: Batch) => terminal.progress(progress.line(seen, state, terminal.width));
  const look = (id: string) => withPatience(() => client.get(id), signal, onOutage);
  try {
    const last = await untilOver(send, () => look(batch.id), show, options.watch ? signal : undefined);
    return { batches: [...(await Promise.all(earlier.map(look))), last], refused: [...refused.values()] };
  } catch (error) {
    if (!options.watch || !isClosed(error) || (await look(batch.id)).status === 'canceled') throw error;
    return await sendFolder(client, folder, options, surroundings, [...earlier, batch.id]);
  }
}

/** Sends what comes into a folder until it is told to stop. */
async function sendNewFiles(taken: Set<string>, sending: Sending, onNew: (count: number) => void): Promise<void> {
  for await (const paths of newFilesIn(sending.folder, taken, sending.signal)) {
    onNew(paths.length);
    await sendFiles(paths, sending);
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
