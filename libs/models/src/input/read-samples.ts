import { decodeWav, downMix, resample, type Recording } from '#dsp';

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
    const recording = decodeWav(bytes);
    const mono = downMix(firstPart(recording, wanted, input.sampleRate), input.channels);
    const samples = resample(mono, recording.sampleRate, input.sampleRate, input.resampler).subarray(0, wanted);
    return input.short === 'zeros' && samples.length < wanted ? lengthened(samples, wanted) : samples;
  });
}

/** All that the first `wanted` samples at the new rate depend on, so that a long recording costs no more than that. */
function firstPart(recording: Recording, wanted: number, toRate: number): Recording {
  const { sampleRate, channels, samples } = recording;
  const ratio = sampleRate / toRate;
  const frames = Math.ceil(wanted * ratio + filterReach * Math.max(1, ratio)) + 1;
  return { sampleRate, channels, samples: samples.subarray(0, frames * channels) };
}

function lengthened(samples: Float32Array, length: number): Float32Array {
  const longer = new Float32Array(length);
  longer.set(samples);
  return longer;
}
