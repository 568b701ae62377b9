import { SignalError } from '../signal-error.js';
import type { Resampler } from './resampler.js';
import { resamplingPlan, type ResamplingPlan } from './resampling-plan.js';

/**
 * Resamples a recording that comes in pieces. Whatever the pieces, the outputs are those of the whole recording, bit for
 * bit. Memory is that of the largest piece.
 */
export interface ResamplingStream {
  /** @returns the outputs that the samples so far decide, possibly none; the next call overwrites them */
  push(samples: Float32Array): Float32Array;
  /** @returns the last outputs; nothing may be pushed after this */
  end(): Float32Array;
}

/** The tables of resampy's filters end the range: a rate lowered by more would skip them whole. */
const largestFactor = 512;

/**
 * @param fromRate hertz, a whole number, as is `toRate`
 * @throws SignalError if the rates differ by a factor of 512 or more
 */
export function newResamplingStream(fromRate: number, toRate: number, resampler: Resampler): ResamplingStream {
  if (fromRate === toRate) return { push: (samples) => samples, end: () => new Float32Array() };
  if (Math.max(fromRate / toRate, toRate / fromRate) >= largestFactor) {
    throw new SignalError(`cannot go from ${fromRate} Hz to ${toRate} Hz, ${largestFactor} times or more apart`);
  }
  return new PlannedStream(resamplingPlan(fromRate, toRate, resampler), resampler);
}

class PlannedStream implements ResamplingStream {
  /** Inputs that are still needed, from the first that the next output is made of on: always fewer than it is made of. */
  private readonly carried: Float32Array;
  private carriedCount: number;
  /** Of the next output. */
  private phase = 0;
  private outputs = new Float32Array();

  constructor(
    private readonly plan: ResamplingPlan,
    private readonly resampler: Resampler,
  ) {
    this.carried = new Float32Array(plan.taps);
    this.carriedCount = plan.before;
  }

  push(samples: Float32Array): Float32Array {
    const count = this.decidedBy(this.carriedCount + samples.length);
    if (this.outputs.length < count) this.outputs = new Float32Array(count);
    const { inputs, outputs } = this.plan;
    for (let read = 0, written = 0; read < samples.length;) {
      const piece = samples.subarray(read, read + inputs.length - this.carriedCount);
      const decided = this.compute(piece);
      this.outputs.set(outputs.subarray(0, decided), written);
      read += piece.length;
      written += decided;
    }
    return this.outputs.subarray(0, count);
  }

  end(): Float32Array {
    const { before, taps, up, down } = this.plan;
    const upsLeft = (this.carriedCount - before) * up - this.phase;
    const last = this.push(new Float32Array(taps - before - 1));
    // librosa lengthens with zeros what resampy rounds down, and soxr to the nearest.
    const least = this.resampler === 'soxr_hq' ? down / 2 : down;
    if (upsLeft - (last.length - 1) * down < least) last[last.length - 1] = 0;
    return last;
  }

  /** @returns how many outputs lie in the plan's memory */
  private compute(piece: Float32Array): number {
    const { inputs, up, down } = this.plan;
    const available = this.carriedCount + piece.length;
    inputs.set(this.carried.subarray(0, this.carriedCount));
    inputs.set(piece, this.carriedCount);
    const decided = this.decidedBy(available);
    this.plan.compute(decided, this.phase);
    const next = this.phase + decided * down;
    const done = Math.floor(next / up);
    this.phase = next - done * up;
    this.carried.set(inputs.subarray(done, available));
    this.carriedCount = available - done;
    return decided;
  }

  /** Outputs that need no more than so many inputs, from the first carried one on. */
  private decidedBy(available: number): number {
    const { taps, up, down } = this.plan;
    return Math.max(0, Math.ceil(((available - taps + 1) * up - this.phase) / down));
  }
}
