import { newKernels } from '../kernels/kernels.js';
import { inFours } from '../kernels/memory.js';
import { keepRecent, keyOf } from '../recent.js';
import { SignalError } from '../signal-error.js';
import type { Resampler } from './resampler.js';
import { readWing, stretch, wingOf, type StretchedFilter } from './stretched-filter.js';

/**
 * The tables of one change of sample rate, and memory to work in, which all its streams use in turn. In lowest terms there
 * are `up` outputs for every `down` inputs: an output lies `phase / up` of the way from one input to the next.
 */
export interface ResamplingPlan {
  up: number;
  down: number;
  /** Inputs that an output is made of: whole vectors of them before and after it. */
  taps: number;
  /** How many of them lie before the input that the output lies on or after. */
  before: number;
  /** Where the inputs go. */
  inputs: Float32Array;
  /** Where the outputs come. */
  outputs: Float32Array;
  /**
   * Computes the first `count` outputs. Inputs below 2^-64 count as 0.
   *
   * @param phase of the first, whose inputs are the first `taps`
   */
  compute(count: number, phase: number): void;
}

/** More weights than this, which fill a usual second-level cache, are interpolated instead of kept. */
const mostPhaseBytes = 2 ** 20;
/** More at once gain nothing and need more memory. */
const mostOutputs = 2 ** 15;
const mostInputs = 2 ** 16;

/** One takes up to 100 ms to make for `soxr_hq` between odd rates, and 170 ms for `kaiser_best_0_3`. */
const plans = keepRecent(8, (key: string): ResamplingPlan => {
  const { fromRate, toRate, resampler } = JSON.parse(key) as { fromRate: number; toRate: number; resampler: Resampler };
  const divisor = greatestCommonDivisor(fromRate, toRate);
  return newPlan(toRate / divisor, fromRate / divisor, resampler);
});

/** The tables of resampy's filters end the range: a rate lowered by more would skip them whole. */
const largestFactor = 512;

/**
 * @param fromRate hertz, a whole number, as is `toRate`
 * @throws SignalError if the rates differ by a factor of 512 or more
 */
export function resamplingPlan(fromRate: number, toRate: number, resampler: Resampler): ResamplingPlan {
  if (Math.max(fromRate / toRate, toRate / fromRate) >= largestFactor) {
    throw new SignalError(`cannot go from ${fromRate} Hz to ${toRate} Hz, ${largestFactor} times or more apart`);
  }
  return plans(keyOf({ fromRate, toRate, resampler }));
}

function newPlan(up: number, down: number, resampler: Resampler): ResamplingPlan {
  const taps = 8 * Math.ceil(wingOf(resampler, up / down) / 4);
  const hasPhases = up * taps * Float32Array.BYTES_PER_ELEMENT <= mostPhaseBytes;
  const filter = stretch(resampler, up / down, hasPhases ? up : 0);
  const table = hasPhases ? phaseRows(filter, taps, up) : slopedRows(filter, taps);
  const outputs = outputsAtOnce(up, down);
  const inputs = taps - 1 + Math.floor((outputs * down) / up);
  const [samplesAt, sumsAt] = [table.byteLength, table.byteLength + inFours(inputs) * Float32Array.BYTES_PER_ELEMENT];
  const kernels = newKernels(sumsAt + outputs * Float32Array.BYTES_PER_ELEMENT);
  const { buffer } = kernels.memory;
  new Float32Array(buffer).set(table);
  return {
    up,
    down,
    taps,
    before: taps / 2 - 1,
    inputs: new Float32Array(buffer, samplesAt, inputs),
    outputs: new Float32Array(buffer, sumsAt, outputs),
    compute(count, phase) {
      kernels.flushTiny(samplesAt, inFours(taps + Math.floor((phase + Math.max(0, count - 1) * down) / up)));
      if (hasPhases) return kernels.phaseSums(0, taps, samplesAt, sumsAt, count, up, down, phase);
      const rightAt = table.byteLength / 2;
      kernels.interpolatedSums(0, rightAt, taps, filter.entriesPerInput, samplesAt, sumsAt, count, up, down, phase);
    },
  };
}

/** Whole groups of four outputs of each phase, which the kernel computes together, if they are not too many. */
function outputsAtOnce(up: number, down: number): number {
  const most = Math.min(mostOutputs, Math.floor((mostInputs * up) / down));
  const group = 4 * up;
  return group > most ? most : most - (most % group);
}

/** The weights of each phase: those of the inputs up to the output, and then those of the inputs after it. */
function phaseRows(filter: StretchedFilter, taps: number, up: number): Float32Array {
  const rows = new Float32Array(taps * up);
  const { entriesPerInput } = filter;
  for (let phase = 0; phase < up; phase++) {
    const middle = taps * phase + taps / 2;
    const weigh = (position: number, write: (index: number, weight: number) => void) => {
      const offset = Math.floor(position);
      readWing(filter, offset, (i, weight, slope) => write(i, weight + (position - offset) * slope));
    };
    weigh((phase / up) * entriesPerInput, (i, weight) => (rows[middle - 1 - i] = weight));
    weigh((1 - phase / up) * entriesPerInput, (i, weight) => (rows[middle + i] = weight));
  }
  return rows;
}

/** For each side, for each entry that it can start at: the weights, and the slopes to the next entry's. */
function slopedRows(filter: StretchedFilter, taps: number): Float32Array {
  const rows = Math.floor(filter.entriesPerInput) + 1;
  const wing = taps / 2;
  const left = new Float32Array(rows * 2 * taps);
  const right = left.subarray(rows * taps);
  for (let row = 0; row < rows; row++) {
    const at = row * taps;
    readWing(filter, row, (i, weight, slope) => {
      left[at + wing - 1 - i] = weight;
      left[at + taps - 1 - i] = slope;
      right[at + i] = weight;
      right[at + wing + i] = slope;
    });
  }
  return left;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
