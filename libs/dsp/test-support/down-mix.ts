import { assertChannel, type ChannelChoice } from '../src/channel-choice.js';
import type { Recording } from '../src/recording.js';

/**
 * One channel out of a recording: what the kernels are compared with.
 *
 * @returns one sample per frame; the recording's own array when it has a single channel
 * @throws SignalError if the recording has no channel of that number
 */
export function downMix({ channels, samples }: Recording, choice: ChannelChoice): Float32Array {
  assertChannel(choice, channels);
  if (channels === 1) return samples;
  return choice === 'mean' ? meanOfChannels(samples, channels) : oneChannel(samples, channels, choice);
}

function meanOfChannels(samples: Float32Array, channels: number): Float32Array {
  const mono = new Float32Array(samples.length / channels);
  for (let frame = 0, from = 0; frame < mono.length; frame++) {
    let sum = 0;
    for (const end = from + channels; from < end; from++) sum += samples[from]!;
    mono[frame] = sum / channels;
  }
  return mono;
}

function oneChannel(samples: Float32Array, channels: number, channel: number): Float32Array {
  const mono = new Float32Array(samples.length / channels);
  for (let frame = 0; frame < mono.length; frame++) mono[frame] = samples[frame * channels + channel]!;
  return mono;
}
