import type { Matrix } from './matrix.js';

/** Writes as many columns of `from`, from column `fromColumn` on, as there are and as `to` has from `toColumn` on. */
export function copyColumns(from: Matrix, fromColumn: number, to: Matrix, toColumn: number): void {
  if (from.columns === to.columns && fromColumn === toColumn) return to.data.set(from.data);
  const columns = Math.min(from.columns - fromColumn, to.columns - toColumn);
  for (let row = 0; row < to.rows; row++) {
    const start = row * from.columns + fromColumn;
    to.data.set(from.data.subarray(start, start + columns), row * to.columns + toColumn);
  }
}
