import { SignalError } from '../signal-error.js';
import type { Resampler } from './resampler.js';
import { resamplingPlan } from './resampling-plan.js';
import { PlannedStream } from './resampling-stream.js';

/** 1 GiB, or three hours at 22 050 Hz: a header with an absurdly low rate would otherwise ask for all memory there is. */
const mostSamples = 2 ** 28;

/**
 * The same sound at another sample rate.
 *
 * @param samples mono
 * @param fromRate hertz, a whole number, as is `toRate`
 * @returns `ceil(samples.length * toRate / fromRate)` samples, the length that librosa 0.11 gives: where the duration is
 *   no whole number of output samples, the last one is 0, but for `soxr_hq` only below half a sample. `samples` itself
 *   when the rates are equal.
 * @throws SignalError if the rates differ by a factor of 512 or more, or the result had more than 2^28 samples
 */
export function resample(samples: Float32Array, fromRate: number, toRate: number, resampler: Resampler): Float32Array {
  if (fromRate === toRate) return samples;
  if ((samples.length * toRate) / fromRate > mostSamples) {
    throw new SignalError(`${samples.length} samples at ${fromRate} Hz are too many to bring to ${toRate} Hz`);
  }
  const stream = new PlannedStream(resamplingPlan(fromRate, toRate, resampler), resampler);
  const resampled = new Float32Array(lengthAt(samples.length, fromRate, toRate));
  stream.writeEnd(resampled.subarray(stream.write(samples, resampled)));
  return resampled;
}

/** In whole numbers, since rates of headers reach 2^32 and the product is beyond what a double holds. */
function lengthAt(length: number, fromRate: number, toRate: number): number {
  return Number((BigInt(length) * BigInt(toRate) + BigInt(fromRate) - 1n) / BigInt(fromRate));
}
