import { newMatrix, type Matrix } from './matrix.js';

/** {@link toDecibels} without kernels, in double precision: what they are compared with. */
export function plainDecibels(power: Matrix, topDb: number): Matrix {
  const decibels = newMatrix(power.rows, power.columns);
  let loudest = -Infinity;
  for (let i = 0; i < power.data.length; i++) {
    const level = 10 * Math.log10(Math.max(1e-10, power.data[i]!));
    decibels.data[i] = level;
    if (level > loudest) loudest = level;
  }
  const floor = loudest - topDb;
  for (let i = 0; i < decibels.data.length; i++) if (decibels.data[i]! < floor) decibels.data[i] = floor;
  return decibels;
}
