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

/** @throws SignalError as {@link resamplingPlan} does */
export function newResamplingStream(fromRate: number, toRate: number, resampler: Resampler): ResamplingStream {
  if (fromRate === toRate) return { push: (samples) => samples, end: () => new Float32Array() };
  return new PlannedStream(resamplingPlan(fromRate, toRate, resampler), resampler);
}

/** As {@link newResamplingStream}, for rates that differ; it can write where it is told, too. */
export class PlannedStream implements ResamplingStream {
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
    // One more than needed: with a long piece and odd rates near 2^32, as headers may claim, the count is rounded.
    const most = this.decidedBy(this.carriedCount + samples.length) + 1;
    if (this.outputs.length < most) this.outputs = new Float32Array(most);
    return this.outputs.subarray(0, this.write(samples, this.outputs));
  }

  end(): Float32Array {
    const last = new Float32Array(this.decidedBy(this.carriedCount + this.rest));
    this.writeEnd(last);
    return last;
  }

  /** {@link push} into an array with room for the outputs, at its start. @returns how many there are */
  write(samples: Float32Array, target: Float32Array): number {
    const { inputs, outputs } = this.plan;
    let written = 0;
    for (let read = 0; read < samples.length;) {
      const piece = samples.subarray(read, read + inputs.length - this.carriedCount);
      const decided = this.compute(piece);
      target.set(outputs.subarray(0, decided), written);
      read += piece.length;
      written += decided;
    }
    return written;
  }

  /** {@link end} into an array with room for the outputs, at its start. */
  writeEnd(target: Float32Array): void {
    const { before, up, down } = this.plan;
    const upsLeft = (this.carriedCount - before) * up - this.phase;
    const count = this.write(new Float32Array(this.rest), target);
    // librosa lengthens with zeros what resampy rounds down, and soxr to the nearest.
    const least = this.resampler === 'soxr_hq' ? down / 2 : down;
    if (count > 0 && upsLeft - (count - 1) * down < least) target[count - 1] = 0;
  }

  /** Inputs that an output is made of after the one that it lies on or after. */
  private get rest(): number {
    return this.plan.taps - this.plan.before - 1;
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
