import type { Batch, BatchesClient } from '#client';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { BatchProgress } from './batch-progress.js';
import { findBatch } from './find-batch.js';
import { withPatience } from './patience.js';
import { reportBatch } from './report-batch.js';
import { sendFiles, type RefusedFile, type Sending } from './send-files.js';
import { walkFolder } from './walk-folder.js';
import { untilOver } from './until-over.js';
import { newFilesIn } from './watch-folder.js';
import { writeResults } from './write-results.js';

export interface BatchOptions {
  readonly model: string;
  /** Where the results go as CSV. */
  readonly out?: string;
  /** Stay, and take what comes into the folder, until told to stop. */
  readonly watch?: boolean;
  /** Take results that are known; `--no-reuse` has everything computed. */
  readonly reuse: boolean;
  /** Print the batch as one line of JSON in place of the report. */
  readonly json?: boolean;
}

export interface BatchSurroundings {
  terminal: Terminal;
  printJson: (line: string) => void;
  /** Aborts at Ctrl-C. */
  signal: AbortSignal;
}

/**
 * Sends a folder as one batch, waits until every file has ended, and tells how each fared. Stopped at any moment and begun
 * again, it goes on where it was: no file is sent twice.
 *
 * @throws CommandError if a file has no result
 */
export async function runBatch(
  client: BatchesClient,
  folder: string,
  options: BatchOptions,
  { terminal, printJson, signal }: BatchSurroundings,
): Promise<void> {
  const { files, leftOut } = await walkFolder(folder);
  if (files.length === 0 && !options.watch) throw new CommandError(`${folder} has no recordings and no images`);
  const found = await findBatch(client, folder, files, options);
  terminal.line(introduction(folder, found.batch, { files: files.length, sent: found.sent, leftOut }));
  const state = { sent: found.sent, total: files.length, trouble: null as string | null };
  const sending: Sending = {
    ...{ client, batchId: found.batch.id, folder, signal },
    onOutage: (why) => (state.trouble = why),
    onSent: () => (state.sent += 1),
  };
  const refused: RefusedFile[] = found.changed.map((path) => ({ path, code: 'batch_file_differs', detail: changed }));
  const progress = new BatchProgress();
  const show = (batch: Batch) => terminal.progress(progress.line(batch, state));
  const look = () => withPatience(() => client.get(found.batch.id), signal, sending.onOutage);
  const send = async () => {
    refused.push(...(await sendFiles(found.missing, sending)));
    if (!options.watch) {
      await withPatience(() => client.close(found.batch.id), signal, sending.onOutage);
      return;
    }
    for await (const paths of newFilesIn(folder, files, signal)) {
      state.total += paths.length;
      refused.push(...(await sendFiles(paths, sending)));
    }
  };
  const batch = await untilOver(send, look, show, options.watch ? signal : undefined);
  terminal.clearProgress();
  if (options.out !== undefined) await writeResults(client, batch.id, options.out);
  if (options.json) printJson(JSON.stringify({ ...batch, refused }));
  await reportBatch(client, batch, { ...options, refused, terminal });
}

const changed = 'It was sent with other bytes than it has now; put it under another name to have it predicted as well.';

function introduction(
  folder: string,
  { id, model }: Batch,
  counts: { files: number; sent: number; leftOut: number },
): string {
  const { files, sent, leftOut } = counts;
  const known = sent > 0 ? `, ${sent} of them sent before` : '';
  const others = leftOut > 0 ? `; ${leftOut} other files are left out` : '';
  return `${id}: ${files} files of ${folder} for ${model.name} ${model.version}${known}${others}`;
}
