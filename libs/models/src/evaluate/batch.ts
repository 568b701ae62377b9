/** What a node gives for a number of inputs, one row each, in row-major order with channels last. */
export interface Batch {
  /** Without the batch axis. */
  shape: readonly number[];
  /** 1 for a constant. */
  rows: number;
  /** The same for every row of what it meets: it has no batch axis. */
  constant: boolean;
  data: Float32Array;
}

/**
 * How many rows an operation on several values gives; constants fit any number.
 *
 * @throws RangeError if they have different numbers of rows
 */
export function rowsTogether(inputs: readonly Batch[]): Pick<Batch, 'rows' | 'constant'> {
  const counts = new Set(inputs.filter(({ constant }) => !constant).map(({ rows }) => rows));
  if (counts.size > 1) throw new RangeError(`values of ${[...counts].join(' and ')} rows do not fit each other`);
  const [rows] = counts;
  return rows === undefined ? { rows: 1, constant: true } : { rows, constant: false };
}
