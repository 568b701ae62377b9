import { assertFinite } from '../finite.js';
import { frameCount } from '../spectrum/frames.js';

/** What is silence; the defaults are those of librosa.effects.trim. */
export interface SilenceSpec {
  /** Frames further than this below the reference are silent. Default 60. */
  topDb?: number;
  /** The amplitude that 0 dB is: that of the loudest frame (`max`), or a number. Default `max`. */
  reference?: 'max' | number;
  /** Samples in a frame. Default 2048. */
  frameLength?: number;
  /** Samples from one frame to the next: the ends are found to within so many. Default 512. */
  hop?: number;
}

const leastPower = 1e-10;

/**
 * The samples without the silent frames at both ends. As librosa.effects.trim: frames are centred, with zeros around
 * the samples, and silence alone is all kept with the reference `max`.
 *
 * @param samples mono
 * @returns samples of their own; none if all of them are silent
 * @throws SignalError if there are no samples, or one is not finite
 */
export function trimSilence(samples: Float32Array, spec: SilenceSpec = {}): Float32Array {
  const { topDb = 60, reference = 'max', hop = 512 } = spec;
  assertFinite(samples);
  const powers = framePowers(samples, spec);
  const zeroDb = reference === 'max' ? powers.reduce((a, b) => Math.max(a, b), 0) : reference ** 2;
  const threshold = Math.max(leastPower, zeroDb) * 10 ** (-topDb / 10);
  const sounds = (power: number) => Math.max(leastPower, power) > threshold;
  const first = powers.findIndex(sounds);
  const last = powers.findLastIndex(sounds);
  return first < 0 ? new Float32Array() : samples.slice(first * hop, (last + 1) * hop);
}

/**
 * The mean square of each frame, which is the tail of one block of its length and the head of the next. Sums that only
 * grow keep a quiet frame free of what a running sum would leave behind in it of the loud ones.
 */
function framePowers(samples: Float32Array, { frameLength = 2048, hop = 512 }: SilenceSpec): Float64Array {
  const powers = new Float64Array(frameCount(samples.length, { fft: frameLength, hop }));
  const before = Math.floor(frameLength / 2);
  const tails = new Float64Array(frameLength + 1);
  const square = (i: number) => (i < 0 || i >= samples.length ? 0 : samples[i]! * samples[i]!);
  for (let frame = 0; frame < powers.length;) {
    const start = Math.floor((frame * hop) / frameLength) * frameLength - before;
    for (let i = frameLength - 1; i >= 0; i--) tails[i] = tails[i + 1]! + square(start + i);
    let head = 0;
    for (let i = 0; i < frameLength; i++) {
      if (start + i === frame * hop - before) powers[frame++] = (tails[i]! + head) / frameLength;
      head += square(start + frameLength + i);
    }
  }
  return powers;
}
