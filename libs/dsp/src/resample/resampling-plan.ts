import { keepRecent } from '../recent.js';
import { kaiserFilter, type HalfFilter, type Resampler } from './kaiser-filter.js';

/** A change of sample rate by `up / down`, in lowest terms. */
export interface ResamplingPlan {
  up: number;
  down: number;
  /** Inputs on each side of an output that the filter reaches. */
  wing: number;
  /**
   * The `2 * wing` weights, in an array that the next call may overwrite, of an output that lies `phase / up` after an
   * input: the first belongs to the input `wing - 1` before that one.
   */
  weightsOf: (this: void, phase: number) => Float64Array;
}

/** Rates without a common divisor have tens of thousands of phases: their weights are computed again for each output. */
const mostKeptWeights = 2 ** 19;

/** The plan of one setting; the latest few are kept. */
export function resamplingPlan(fromRate: number, toRate: number, resampler: Resampler): ResamplingPlan {
  const divisor = greatestCommonDivisor(fromRate, toRate);
  return plans(`${resampler} ${toRate / divisor} ${fromRate / divisor}`);
}

const plans = keepRecent(8, (key: string): ResamplingPlan => {
  const [resampler, up, down] = key.split(' ') as [Resampler, string, string];
  return newPlan(kaiserFilter(resampler), Number(up), Number(down));
});

function newPlan(filter: HalfFilter, up: number, down: number): ResamplingPlan {
  const scale = Math.min(1, up / down);
  const step = Math.floor(scale * filter.precision);
  const wing = Math.floor(filter.values.length / step);
  const taps = 2 * wing;
  const compute = (phase: number, weights: Float64Array) =>
    writeWeights({ ...filter, scale, step }, phase / up, weights);
  if (up * taps > mostKeptWeights) {
    const weights = new Float64Array(taps);
    return { up, down, wing, weightsOf: (phase) => compute(phase, weights) };
  }
  const bank = Array.from({ length: up }, (_, phase) => compute(phase, new Float64Array(taps)));
  return { up, down, wing, weightsOf: (phase) => bank[phase]! };
}

/** Both wings: what lies before the output, nearest last, and what lies after it. */
function writeWeights(
  filter: HalfFilter & { scale: number; step: number },
  fraction: number,
  weights: Float64Array,
): Float64Array {
  const wing = weights.length / 2;
  const { scale, precision } = filter;
  weights.fill(0);
  readWing(filter, scale * fraction * precision, (i, weight) => (weights[wing - 1 - i] = weight));
  readWing(filter, scale * (1 - fraction) * precision, (i, weight) => (weights[wing + i] = weight));
  return weights;
}

/**
 * Reads the filter from table position `start` on, at steps of whole entries, with linear interpolation between entries.
 * The number of steps is resampy's, which leaves out the outermost one unless `start` is next to an entry 0.
 */
function readWing(
  { values, scale, step }: HalfFilter & { scale: number; step: number },
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

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
