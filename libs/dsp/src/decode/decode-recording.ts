import type { ChannelChoice } from '../channel-choice.js';
import type { Recording } from '../recording.js';
import type { ByteSource } from './byte-reader.js';
import { openRecording, type OpenRecording } from './open-recording.js';

/**
 * Decodes a recording of any supported format as a whole, or as much as is wanted of its beginning.
 *
 * @param source the file's bytes, which are read as far as they are needed, and closed
 * @param choice one channel of it, or `all` of them, interleaved. Default `all`
 * @param maxFrames at which decoding stops. Memory follows what is decoded. Default all there are
 * @throws SignalError as {@link openRecording} and the blocks of what it opens do
 */
export async function decodeRecording(
  source: ByteSource,
  choice: ChannelChoice | 'all' = 'all',
  maxFrames = Infinity,
): Promise<Recording> {
  const recording = await openRecording(source);
  const channels = choice === 'all' ? recording.channels : 1;
  const samples = await gathered(recording, choice, channels * Math.max(0, Math.floor(maxFrames)));
  return { sampleRate: recording.sampleRate, channels, samples };
}

/** The first samples of a recording, as many as are there, at most `most`. */
export async function gathered(
  recording: OpenRecording,
  choice: ChannelChoice | 'all',
  most: number,
): Promise<Float32Array> {
  const atHand = (recording.framesAtHand ?? 0) * (choice === 'all' ? recording.channels : 1);
  let samples: Float32Array = new Float32Array(Math.min(most, atHand));
  let length = 0;
  for await (const block of recording.blocks(choice)) {
    const part = block.subarray(0, most - length);
    if (length + part.length > samples.length) samples = grown(samples, length + part.length);
    samples.set(part, length);
    length += part.length;
    if (length >= most) break;
  }
  return length === samples.length ? samples : samples.slice(0, length);
}

/** Room for half as much again, so that a long recording is not copied once per block. */
function grown(samples: Float32Array, needed: number): Float32Array {
  const larger = new Float32Array(Math.max(needed, Math.ceil(samples.length * 1.5)));
  larger.set(samples);
  return larger;
}
