import { keepRecent } from '../recent.js';
import { SignalError } from '../signal-error.js';
import { dotProducts } from './dot-products.js';
import { kaiserFilter, type Resampler } from './kaiser-filter.js';
import { phaseWeights, stretch } from './phase-weights.js';

/** The filter table ends the range: a rate lowered by more would skip it whole. */
const largestFactor = 512;
/** 1 GiB, or three hours at 22 050 Hz: a header with an absurdly low rate would otherwise ask for all memory there is. */
const mostSamples = 2 ** 28;
const filters = keepRecent(2, kaiserFilter);

/**
 * The same sound at another sample rate, by windowed-sinc interpolation as resampy 0.2.2 defines it, but for that
 * version's running sum of output times: they are exact here, and so repeat after a whole number of inputs.
 *
 * @param samples mono
 * @param fromRate hertz, a whole number, as is `toRate`
 * @returns `ceil(samples.length * toRate / fromRate)` samples, the length that librosa 0.11 gives: where the duration is
 *   no whole number of output samples, the last one is 0. `samples` itself when the rates are equal.
 * @throws SignalError if the rates differ by a factor of 512 or more, or the result had more than 2^28 samples
 */
export function resample(samples: Float32Array, fromRate: number, toRate: number, resampler: Resampler): Float32Array {
  if (fromRate === toRate) return samples;
  if (Math.max(fromRate / toRate, toRate / fromRate) >= largestFactor) {
    throw new SignalError(`cannot go from ${fromRate} Hz to ${toRate} Hz, ${largestFactor} times or more apart`);
  }
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const [up, down] = [toRate / divisor, fromRate / divisor];
  if ((samples.length * up) / down > mostSamples) {
    throw new SignalError(`${samples.length} samples at ${fromRate} Hz are too many to bring to ${toRate} Hz`);
  }
  const filter = stretch(filters(resampler), up / down);
  const padded = new Float64Array(samples.length + 2 * filter.wing + 2);
  padded.set(samples, filter.wing - 1);
  const resampled = new Float32Array(Math.ceil((samples.length * up) / down));
  const whole = Math.floor((samples.length * up) / down);
  // Outputs that are `up` apart lie alike between inputs, which are `down` apart, and have their weights in common.
  for (let first = 0; first < Math.min(up, whole); first++) {
    const weights = phaseWeights(filter, ((first * down) % up) / up);
    const from = { first: Math.floor((first * down) / up), step: down };
    dotProducts(weights, padded, from, resampled, { first, step: up }, Math.ceil((whole - first) / up));
  }
  return resampled;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
