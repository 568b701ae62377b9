import type { HalfFilter } from './kaiser-filter.js';

/** A filter stretched for one change of sample rate. */
export interface StretchedFilter extends HalfFilter {
  /** Gain, and how much slower the filter runs over the inputs: below 1 where the sample rate is lowered. */
  scale: number;
  /** Table entries from one input to the next; a whole number, as in resampy. */
  step: number;
  /** Inputs on each side of an output that the filter reaches. */
  wing: number;
}

/** @param ratio the new sample rate over the old one; above `1 / filter.precision` */
export function stretch(filter: HalfFilter, ratio: number): StretchedFilter {
  const scale = Math.min(1, ratio);
  const step = Math.floor(scale * filter.precision);
  return { ...filter, scale, step, wing: Math.floor(filter.values.length / step) };
}

/**
 * The weights of the inputs around an output that lies `fraction` of their distance after one of them: those up to that
 * one in the first `wing` elements, those after it in the next, and zeros up to a multiple of four.
 */
export function phaseWeights(filter: StretchedFilter, fraction: number): Float64Array {
  const { scale, precision, wing } = filter;
  const weights = new Float64Array(4 * Math.ceil(wing / 2));
  readWing(filter, scale * fraction * precision, (i, weight) => (weights[wing - 1 - i] = weight));
  readWing(filter, scale * (1 - fraction) * precision, (i, weight) => (weights[wing + i] = weight));
  return weights;
}

/**
 * Reads the filter from table position `start` on, at steps of whole entries, with linear interpolation between entries.
 * The number of steps is resampy's, which leaves out the outermost one unless `start` is next to an entry 0.
 */
function readWing(
  { values, scale, step }: StretchedFilter,
  start: number,
  write: (index: number, weight: number) => void,
): void {
  const offset = Math.floor(start);
  const count = Math.floor((values.length - offset) / step);
  for (let i = 0; i < count; i++) {
    const at = offset + i * step;
    const slope = (values[at + 1] ?? values[at]!) - values[at]!;
    write(i, scale * (values[at]! + (start - offset) * slope));
  }
}
