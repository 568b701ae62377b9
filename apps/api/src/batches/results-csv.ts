import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { resultLineSchema, type ResultLine } from '#jobs';

const columns = ['path', 'status', 'label', 'score', 'error', 'detail', 'job'] as const;

/** Lines of JSON as CSV with a head (RFC 4180). */
export function toCsv(lines: Readable): Readable {
  return Readable.from(rowsOf(lines));
}

async function* rowsOf(lines: Readable): AsyncGenerator<string> {
  yield toRow(columns);
  try {
    for await (const line of createInterface({ input: lines, crlfDelay: Infinity }))
      yield toRow(cellsOf(resultLineSchema.parse(JSON.parse(line))));
  } finally {
    lines.destroy();
  }
}

function cellsOf({ path, status, label, score, error, job }: ResultLine): (string | number | null | undefined)[] {
  return [path, status, label, score, error?.code, error?.detail, job];
}

function toRow(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map((cell) => toCell(cell ?? '')).join(',')}\r\n`;
}

function toCell(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
