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
export async function reportBatches(
  client: BatchesClient,
  batches: readonly Batch[],
  { out, refused, terminal }: ReportOptions,
): Promise<void> {
  const sum = (...names: (keyof Batch['counts'])[]) =>
    batches.flatMap(({ counts }) => names.map((name) => counts[name])).reduce((before, count) => before + count, 0);
  const without = sum('failed', 'canceled', 'expired') + refused.length;
  if (without > 0) {
    let shown = 0;
    for await (const failure of failuresOf(client, batches, refused)) {
      if (++shown > mostShown) break;
      showFailure(failure, terminal);
    }
    if (without > mostShown) terminal.line(`... and ${without - mostShown} more`);
  }
  const rest = sum('queued', 'running');
  const parts = [
    `${sum('succeeded')} succeeded`,
    `${without} without a result`,
    ...(rest > 0 ? [`${rest} under way`] : []),
  ];
  const ids = batches.map(({ id }) => id).join(', ');
  terminal.line(`${ids}: ${parts.join(', ')}${out === undefined ? '' : `; results in ${out}`}`);
  if (without > 0) throw new CommandError(`${without} of ${sum('total') + refused.length} files have no result`);
}

/** One line for a file that has no result. */
export function showFailure({ path, code, detail }: RefusedFile, terminal: Terminal): void {
  terminal.line(`${terminal.paint('red', 'failed')}  ${path}  ${code}: ${detail}`);
}

async function* failuresOf(
  client: BatchesClient,
  batches: readonly Batch[],
  refused: readonly RefusedFile[],
): AsyncGenerator<RefusedFile> {
  yield* refused;
  for (const { id } of batches)
    for await (const { path, status, error } of client.results(id)) {
      if (['succeeded', 'queued', 'running'].includes(status)) continue;
      yield { path, code: error?.code ?? status, detail: error?.detail ?? '' };
    }
}
