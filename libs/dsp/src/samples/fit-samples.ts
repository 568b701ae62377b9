import { SignalError } from '../signal-error.js';

/** Where a part lies in a whole. */
export type Place = 'start' | 'middle' | 'end';

/** How recordings of any duration get the same number of samples. */
export interface FitSamplesSpec {
  /** Samples in the result; at least 1. */
  length: number;
  /** Which samples of a longer recording are kept. Default `start`. */
  keep?: Place;
  /** Where a shorter recording lies. Default `start`. */
  place?: Place;
  /** What is around a shorter recording: `zeros`, or the recording again and again (`repeat`). Default `zeros`. */
  fill?: 'zeros' | 'repeat';
}

/**
 * Exactly so many samples, of their own.
 *
 * @param samples mono
 * @throws SignalError if there are none
 */
export function fitSamples(samples: Float32Array, spec: FitSamplesSpec): Float32Array {
  const { length, keep = 'start', place = 'start', fill = 'zeros' } = spec;
  if (samples.length === 0) throw new SignalError('there are no samples');
  if (samples.length >= length) {
    const from = offset(keep, samples.length - length);
    return samples.slice(from, from + length);
  }
  const fitted = new Float32Array(length);
  const at = offset(place, length - samples.length);
  fitted.set(samples, at);
  if (fill === 'repeat') {
    for (let i = at + samples.length; i < length; i++) fitted[i] = fitted[i - samples.length]!;
    for (let i = at - 1; i >= 0; i--) fitted[i] = fitted[i + samples.length]!;
  }
  return fitted;
}

function offset(place: Place, room: number): number {
  return { start: 0, middle: Math.floor(room / 2), end: room }[place];
}
