import type { LevelSpec } from './levels.js';
import type { Matrix } from './matrix.js';

/** {@link levels} without kernels, in double precision: what they are compared with. */
export function plainLevels({ rows, columns, data }: Matrix, spec: LevelSpec): Matrix {
  const { least, offset = 0, perBel, reference = 1, range = Infinity } = spec;
  const values = Float64Array.from(data, (value) => Math.max(least, value) + offset);
  const largest = values.reduce((most, value) => Math.max(most, value), least + offset);
  const floor = perBel * Math.log10(largest) - range;
  const zero = perBel * Math.log10(reference === 'max' ? largest : reference);
  return {
    ...{ rows, columns },
    data: Float32Array.from(values, (value) => Math.max(floor, perBel * Math.log10(value)) - zero),
  };
}
