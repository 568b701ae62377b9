import type { BatchesClient } from '#client';
import type { Terminal } from '../terminal/terminal.js';
import { reportBatches } from './report-batches.js';
import { sendFolder } from './send-folder.js';
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
 * Sends a folder, waits until every file has ended, and tells how each fared. Stopped at any moment and begun again within
 * a day of its beginning, it goes on where it was: no file is sent twice. Later the server has forgotten the name of the
 * batch, and all are sent again, as another.
 *
 * @throws CommandError if a file has no result
 */
export async function runBatch(
  client: BatchesClient,
  folder: string,
  options: BatchOptions,
  { terminal, printJson, signal }: BatchSurroundings,
): Promise<void> {
  const sending = sendFolder(client, folder, options, { terminal, signal });
  const { batches, refused } = await sending.finally(() => terminal.clearProgress());
  if (options.out !== undefined) await writeResults(client, batches, options.out);
  if (options.json)
    for (const batch of batches)
      printJson(JSON.stringify({ ...batch, refused: batch === batches.at(-1) ? refused : [] }));
  await reportBatches(client, batches, { ...options, refused, terminal });
}
