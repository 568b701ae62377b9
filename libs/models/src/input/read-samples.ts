import { decodeMono, resample } from '#dsp';

import type { AudioCard } from '../card.js';
import { asInputError } from './as-input-error.js';

/** The resampling filters reach no further than this many samples of the lower of the two rates. */
const filterReach = 64;

/**
 * A recording's bytes as the samples that features are computed from: decoded, down-mixed, resampled, and of the length
 * that `input.seconds` and `input.short` ask for.
 *
 * @returns mono, within [-1, 1] or nearly so, at `input.sampleRate`
 * @throws InputError if the bytes are no recording that can be read, or it lacks the card's channel
 */
export function readSamples(bytes: Uint8Array, { input }: AudioCard): Float32Array {
  return asInputError(() => {
    const wanted = input.seconds === undefined ? Infinity : Math.round(input.seconds * input.sampleRate);
    const mono = decodeMono(bytes, input.channels, (rate) => framesFor(wanted, rate / input.sampleRate));
    const samples = resample(mono.samples, mono.sampleRate, input.sampleRate, input.resampler).subarray(0, wanted);
    return input.short === 'zeros' && samples.length < wanted ? lengthened(samples, wanted) : samples;
  });
}

/**
 * Frames that the first `wanted` samples at the new rate depend on, so that a long recording costs no more than that.
 *
 * @param ratio the recording's sample rate over the new one
 */
function framesFor(wanted: number, ratio: number): number {
  return Math.ceil(wanted * ratio + filterReach * Math.max(1, ratio)) + 1;
}

function lengthened(samples: Float32Array, length: number): Float32Array {
  const longer = new Float32Array(length);
  longer.set(samples);
  return longer;
}
