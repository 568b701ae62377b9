import { SignalError } from './signal-error.js';

/** @throws SignalError that names the first sample that is not a finite number */
export function assertFinite(samples: Float32Array): void {
  for (let i = 0; i < samples.length; i++) {
    if (!Number.isFinite(samples[i]!)) throw new SignalError(`sample ${i} is ${samples[i]}, not a finite number`);
  }
}
