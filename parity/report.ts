import type { ParityLine } from './parity-case.js';

const headings = ['file', 'format', 'layers', 'largest difference, or why not'];

/** One line a file, in columns. */
export function plainTable(lines: readonly ParityLine[]): string {
  const rows = [headings, ...lines.map(cells)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same as a table of Markdown. */
export function markdownTable(lines: readonly ParityLine[]): string {
  const row = (texts: readonly string[]) => `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(headings), row(headings.map(() => '---')), ...lines.map((line) => row(cells(line)))].join('\n');
}

function cells(line: ParityLine): string[] {
  return [line.file, line.format ?? '-', String(line.layers ?? '-'), outcome(line)];
}

function outcome({ result, goldens, within, largestDifference, tolerance, message }: ParityLine): string {
  const difference = `${largestDifference?.toExponential(1)} (${tolerance})`;
  const several = goldens > 1 ? `, ${within} of ${goldens} goldens` : '';
  switch (result) {
    case 'within':
      return `${difference}${several}`;
    case 'differs':
      return `DIFFERS: ${difference}${several}`;
    case 'imported':
      return 'imported; there is no golden';
    case 'refused':
      return `refused: ${firstLine(message)}`;
    case 'failed':
      return `FAILED: ${firstLine(message)}`;
  }
}

function firstLine(text = ''): string {
  return text.split('\n')[0]!;
}

export interface Summary {
  text: string;
  passed: boolean;
}

/** So many of a hundred goldens must be within tolerance. */
const leastPercent = 95;

export function summarise(lines: readonly ParityLine[]): Summary {
  const compared = lines.filter(({ goldens }) => goldens > 0);
  const all = sum(compared.map(({ goldens }) => goldens));
  const within = sum(compared.map((line) => line.within));
  const refused = sum(compared.map(({ result, goldens }) => (result === 'refused' ? goldens : 0)));
  const failed = lines.filter(({ result }) => result === 'failed').length;
  const differ =
    all - within - refused - sum(compared.map(({ result, goldens }) => (result === 'failed' ? goldens : 0)));
  const percent = all === 0 ? 0 : (100 * within) / all;
  const without = lines.filter(({ goldens, result }) => goldens === 0 && result !== 'failed');
  const text = [
    `${within} of ${all} goldens within tolerance (${percent.toFixed(1)} %), ${refused} refused, ${differ} differ`,
    ...(failed > 0 ? [`${failed} files failed`] : []),
    ...(without.length > 0
      ? [`without a golden: ${count(without, 'imported')} imported, ${count(without, 'refused')} refused`]
      : []),
  ].join('; ');
  return { text, passed: percent >= leastPercent && failed === 0 };
}

function count(lines: readonly ParityLine[], result: ParityLine['result']): number {
  return lines.filter((line) => line.result === result).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
