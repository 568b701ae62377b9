import { clip } from './clip.js';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Never shortened, as a part of it is of no use, such as of an id. */
  readonly whole?: boolean;
}

const gap = '  ';
/** Of a column that is shortened. */
const leastWidth = 8;

/**
 * Lines of a table: the titles, then the rows, each column as wide as its widest cell.
 *
 * @param most the width that there is: where it is less, the widest columns of text are shortened. Default: no limit.
 */
export function toTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  most: number = Infinity,
): string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_column, i) => Math.max(...lines.map((cells) => (cells[i] ?? '').length)));
  narrow(columns, widths, most);
  return lines.map((cells) =>
    columns
      .map(({ align }, i) => pad(clip(cells[i] ?? '', widths[i] ?? 0), widths[i] ?? 0, align))
      .join(gap)
      .trimEnd(),
  );
}

/** Takes from the widest column of text until all fit, or none can be shortened. */
function narrow(columns: readonly Column[], widths: number[], most: number): void {
  const room = most - gap.length * (columns.length - 1);
  for (let left = widths.reduce((sum, width) => sum + width, 0) - room; left > 0; left--) {
    const texts = columns.flatMap(({ align, whole }, i) => (align === 'left' && !whole ? [i] : []));
    const widest = texts.reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a), texts[0] ?? 0);
    if (texts.length === 0 || (widths[widest] ?? 0) <= leastWidth) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

function pad(text: string, width: number, align: Column['align']): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}
