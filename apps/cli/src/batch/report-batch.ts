import type { Batch, BatchesClient } from '#client';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';
import type { RefusedFile } from './send-files.js';

/** Failures that are shown; the results have all. */
const mostShown = 20;

export interface ReportOptions {
  out?: string;
  refused: readonly RefusedFile[];
  terminal: Terminal;
}

/** @throws CommandError if a file has no result */
export async function reportBatch(
  client: BatchesClient,
  { id, counts }: Batch,
  { out, refused, terminal }: ReportOptions,
): Promise<void> {
  const without = counts.failed + counts.canceled + counts.expired + refused.length;
  if (without > 0) {
    let shown = 0;
    for await (const { path, code, detail } of failuresOf(client, id, refused)) {
      if (++shown > mostShown) break;
      terminal.line(`${terminal.paint('red', 'failed')}  ${path}  ${code}: ${detail}`);
    }
    if (without > mostShown) terminal.line(`... and ${without - mostShown} more`);
  }
  const rest = counts.queued + counts.running;
  const parts = [
    `${counts.succeeded} succeeded`,
    `${without} without a result`,
    ...(rest > 0 ? [`${rest} under way`] : []),
  ];
  terminal.line(`${id}: ${parts.join(', ')}${out === undefined ? '' : `; results in ${out}`}`);
  if (without > 0) throw new CommandError(`${without} of ${counts.total + refused.length} files have no result`);
}

async function* failuresOf(
  client: BatchesClient,
  id: string,
  refused: readonly RefusedFile[],
): AsyncGenerator<RefusedFile> {
  yield* refused;
  for await (const { path, status, error } of client.results(id)) {
    if (['succeeded', 'queued', 'running'].includes(status)) continue;
    yield { path, code: error?.code ?? status, detail: error?.detail ?? '' };
  }
}
