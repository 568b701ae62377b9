import { assertFinite } from '../finite.js';
import { SignalError } from '../signal-error.js';

/** Of larger ones the power of a long frame may be more than a float holds. */
export const largestSample = 1e12;

/** @throws SignalError that names the first sample, from index `from` on, that is not finite or above {@link largestSample} */
export function assertMeasurable(samples: Float32Array, from = 0): void {
  for (let i = from; i < samples.length; i++) {
    if (Math.abs(samples[i]!) <= largestSample) continue;
    assertFinite(samples);
    throw new SignalError(`sample ${i} is ${samples[i]}, above ${largestSample}: its power cannot be told`);
  }
}
