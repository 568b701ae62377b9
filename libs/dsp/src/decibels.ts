import { levels } from './levels.js';
import type { Matrix } from './matrix.js';

/**
 * Powers as decibels relative to 1, from -100 dB up.
 *
 * @param topDb values further than this below the loudest of the matrix are raised to there. Default 80;
 *   Infinity keeps them all.
 * @returns a matrix of its own, of the same shape
 */
export function toDecibels(power: Matrix, topDb = 80): Matrix {
  return levels(power, { least: 1e-10, perBel: 10, range: topDb });
}
