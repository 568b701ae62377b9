export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Lines of a table: the titles, then the rows, each column as wide as its widest cell. */
export function toTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_column, i) => Math.max(...lines.map((cells) => (cells[i] ?? '').length)));
  return lines.map((cells) =>
    columns
      .map(({ align }, i) => pad(cells[i] ?? '', widths[i] ?? 0, align))
      .join('  ')
      .trimEnd(),
  );
}

function pad(text: string, width: number, align: Column['align']): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}
