import { newMatrix, type Matrix } from './matrix.js';

/** Powers below this one count as this one: -100 dB. */
const leastPower = 1e-10;
const decibelsPerNeper = 10 / Math.LN10;

/**
 * Powers as decibels relative to 1, from -100 dB up.
 *
 * @param topDb values further than this below the loudest of the matrix are raised to there. Default 80;
 *   Infinity keeps them all.
 * @returns a matrix of its own, of the same shape
 */
export function toDecibels(power: Matrix, topDb = 80): Matrix {
  const decibels = newMatrix(power.rows, power.columns);
  let loudest = -Infinity;
  for (let i = 0; i < power.data.length; i++) {
    const level = decibelsPerNeper * Math.log(Math.max(leastPower, power.data[i]!));
    decibels.data[i] = level;
    if (level > loudest) loudest = level;
  }
  const floor = loudest - topDb;
  for (let i = 0; i < decibels.data.length; i++) if (decibels.data[i]! < floor) decibels.data[i] = floor;
  return decibels;
}
