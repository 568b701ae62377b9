import { resample } from '#dsp';

import type { Random } from '../random.js';

/** Below and above 1 a voice is slower and deeper, or quicker and higher, as from a longer or shorter throat. */
const speeds = [0.82, 0.86, 0.9, 0.94, 0.98, 1.02, 1.06, 1.1, 1.14, 1.18, 1.22];

/**
 * The samples as they would be with another speed and pitch, at another moment, louder or softer, and in noise.
 *
 * @param sampleRate hertz
 * @param length samples of the result: what does not fit is cut off, what is missing is silence and noise
 */
export function augmented(samples: Float32Array, sampleRate: number, length: number, random: Random): Float32Array {
  const voice = withSpeed(samples, sampleRate, random.pick(speeds));
  const placed = withStart(voice, length, random);
  return withNoise(withGain(placed, random.between(-12, 6)), random.between(10, 50), random);
}

/** Samples played `speed` times as fast: shorter by that factor, and higher by it. */
export function withSpeed(samples: Float32Array, sampleRate: number, speed: number): Float32Array {
  return resample(samples, Math.round(sampleRate * speed), sampleRate, 'kaiser_fast');
}

/** Samples in silence of `length`: half of them start within its first tenth, the others wherever they still fit. */
export function withStart(samples: Float32Array, length: number, random: Random): Float32Array {
  const room = Math.max(0, length - samples.length);
  const latest = random.pick([Math.min(room, length / 10), room]);
  const placed = new Float32Array(length);
  const start = Math.floor(random.between(0, latest));
  placed.set(samples.subarray(0, length - start), start);
  return placed;
}

/** @param decibels 0 changes nothing */
export function withGain(samples: Float32Array, decibels: number): Float32Array {
  const factor = 10 ** (decibels / 20);
  return samples.map((sample) => sample * factor);
}

/**
 * White noise added to all samples.
 *
 * @param signalToNoise decibels by which the samples' mean power exceeds that of the noise
 */
export function withNoise(samples: Float32Array, signalToNoise: number, random: Random): Float32Array {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const deviation = Math.sqrt(power * 10 ** (-signalToNoise / 10));
  return samples.map((sample) => sample + deviation * random.normal());
}
