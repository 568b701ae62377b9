import { SignalError } from '../signal-error.js';
import type { Resampler } from './kaiser-filter.js';
import { resamplingPlan } from './resampling-plan.js';

/** The filter table ends the range: a rate lowered by more would skip it whole. The other way, memory would run out. */
const largestFactor = 512;

/**
 * The same sound at another sample rate, by windowed-sinc interpolation as resampy 0.2.2 defines it.
 *
 * @param samples mono
 * @param fromRate hertz, a whole number, as is `toRate`
 * @returns `ceil(samples.length * toRate / fromRate)` samples, the length that librosa 0.11 gives: where the duration is
 *   no whole number of output samples, the last one is 0. `samples` itself when the rates are equal.
 * @throws SignalError if the rates differ by more than a factor of 512
 */
export function resample(samples: Float32Array, fromRate: number, toRate: number, resampler: Resampler): Float32Array {
  if (fromRate === toRate) return samples;
  if (Math.max(fromRate / toRate, toRate / fromRate) > largestFactor) {
    throw new SignalError(
      `cannot go from ${fromRate} Hz to ${toRate} Hz: they differ by more than ${largestFactor} times`,
    );
  }
  const { up, down, wing, weightsOf } = resamplingPlan(fromRate, toRate, resampler);
  const resampled = new Float32Array(Math.ceil((samples.length * up) / down));
  const whole = Math.floor((samples.length * up) / down);
  for (let output = 0, input = 0, phase = 0; output < whole; output++) {
    resampled[output] = dotProduct(weightsOf(phase), samples, input - wing + 1);
    phase += down;
    while (phase >= up) {
      phase -= up;
      input++;
    }
  }
  return resampled;
}

/** Samples before the first and after the last count as 0. Four sums, as one would wait for itself at every addition. */
function dotProduct(weights: Float64Array, samples: Float32Array, start: number): number {
  let i = Math.max(0, -start);
  const end = Math.min(weights.length, samples.length - start);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (; i + 3 < end; i += 4) {
    a += weights[i]! * samples[start + i]!;
    b += weights[i + 1]! * samples[start + i + 1]!;
    c += weights[i + 2]! * samples[start + i + 2]!;
    d += weights[i + 3]! * samples[start + i + 3]!;
  }
  for (; i < end; i++) a += weights[i]! * samples[start + i]!;
  return a + b + c + d;
}
