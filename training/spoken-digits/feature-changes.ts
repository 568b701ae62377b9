import type { Random } from '../random.js';
import type { FeatureShape } from './inputs.js';

/**
 * The features with a few rows and a few columns at 0, which is their mean, so that the network relies on none of them
 * alone (SpecAugment, Park et al. 2019).
 */
export function masked(features: Float32Array, [rows, columns]: FeatureShape, random: Random): Float32Array {
  const result = features.slice();
  const [firstRow, rowEnd] = span(rows, random);
  result.fill(0, firstRow * columns, rowEnd * columns);
  const [firstColumn, columnEnd] = span(columns, random);
  for (let row = 0; row < rows; row++) result.fill(0, row * columns + firstColumn, row * columns + columnEnd);
  return result;
}

/**
 * The features as through another microphone: an equaliser that does not change over time adds the same cepstrum to
 * every frame.
 *
 * @param strength standard deviation of what is added, in that of the normalised features
 */
export function recoloured(
  features: Float32Array,
  [, columns]: FeatureShape,
  strength: number,
  random: Random,
): Float32Array {
  const colour = Float32Array.from({ length: columns }, () => strength * random.normal());
  return features.map((value, index) => value + colour[index % columns]!);
}

/** Up to a sixth of `length`, and often nothing: start and end. */
function span(length: number, random: Random): [number, number] {
  const size = Math.floor(random.between(0, 1 + Math.floor(length / 6)));
  const start = Math.floor(random.between(0, 1 + length - size));
  return [start, start + size];
}
