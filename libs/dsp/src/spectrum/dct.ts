import { newMatrix, type Matrix } from '../matrix.js';
import { keepRecent, keyOf } from '../recent.js';
import { weightedSums, type RowWeights } from '../weighted-sums.js';

/** Which cosine transform is meant. */
export interface DctSpec {
  /** 1, 2 or 3, as scipy.fft.dct numbers them. Default 2. */
  type?: 1 | 2 | 3;
  /**
   * `ortho` makes the transform orthonormal; `none` is scipy's sum, twice the products with the cosines; `htk` scales
   * that of type 2 by `1 / sqrt(2 * rows)`, its first row too (HTK, TensorFlow). Default `ortho`.
   */
  norm?: 'ortho' | 'none' | 'htk';
  /** How many rows of the result are wanted, the first ones; 1 to the rows of the matrix. Default all. */
  coefficients?: number;
}

type Transform = Required<DctSpec> & { rows: number };

/**
 * The cosine transform of each column.
 *
 * @returns one row per coefficient, as many columns as `matrix`
 * @throws RangeError if there are more coefficients than rows, type 1 meets a single row, or `htk` another type than 2
 */
export function dct(matrix: Matrix, spec: DctSpec = {}): Matrix {
  const { type = 2, norm = 'ortho', coefficients = matrix.rows } = spec;
  return weightedSums(weightsOf(keyOf({ type, norm, coefficients, rows: matrix.rows })), matrix);
}

/**
 * Makes the higher coefficients of a cepstrum larger: row n times `1 + length / 2 * sin(pi * (n + 1) / length)`.
 *
 * @param length of the sine's half period, in coefficients; 0 leaves all as they are
 */
export function lifter({ rows, columns, data }: Matrix, length: number): Matrix {
  const lifted = newMatrix(rows, columns);
  for (let row = 0; row < rows; row++) {
    const gain = length === 0 ? 1 : 1 + (length / 2) * Math.sin((Math.PI * (row + 1)) / length);
    for (let i = row * columns; i < (row + 1) * columns; i++) lifted.data[i] = gain * data[i]!;
  }
  return lifted;
}

/** Without this table, its cosines are most of the time that a transform of a short recording takes. */
const weightsOf = keepRecent(16, (key: string): readonly RowWeights[] => {
  const transform = JSON.parse(key) as Transform;
  const { type, norm, coefficients, rows } = transform;
  if (!(coefficients >= 1 && coefficients <= rows))
    throw new RangeError(`${coefficients} coefficients of ${rows} rows`);
  if (type === 1 && rows < 2) throw new RangeError('a cosine transform of type 1 needs two rows');
  if (norm === 'htk' && type !== 2) throw new RangeError(`norm htk is of type 2, not ${type}`);
  return Array.from({ length: coefficients }, (_, k) => ({
    first: 0,
    weights: Float64Array.from({ length: rows }, (_, n) => weight(transform, k, n)),
  }));
});

/** That of row n in coefficient k. At the ends of a transform whose ends lie on a crest, a row counts for half. */
function weight({ type, norm, rows }: Transform, k: number, n: number): number {
  const [size, angle] = {
    1: [rows - 1, k * n],
    2: [rows, k * (n + 0.5)],
    3: [rows, (k + 0.5) * n],
  }[type] as [number, number];
  const cosine = Math.cos((Math.PI * angle) / size);
  const halvedIn = (index: number) => index === 0 || (type === 1 && index === size);
  if (norm === 'htk') return Math.sqrt(2 / size) * cosine;
  if (norm === 'none') return (type !== 2 && halvedIn(n) ? 1 : 2) * cosine;
  const ends = (type !== 3 && halvedIn(k) ? Math.SQRT1_2 : 1) * (type !== 2 && halvedIn(n) ? Math.SQRT1_2 : 1);
  return Math.sqrt(2 / size) * ends * cosine;
}
