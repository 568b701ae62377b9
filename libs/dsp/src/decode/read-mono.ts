import type { ChannelChoice } from '../channel-choice.js';
import type { Mono } from '../recording.js';
import type { ByteSource } from './byte-reader.js';
import { gathered } from './decode-recording.js';
import { openRecording } from './open-recording.js';

/**
 * One channel of a recording of any supported format, or as much as is wanted of its beginning.
 *
 * @param source the file's bytes, which are read as far as they are needed, and closed
 * @param framesAt how many frames are wanted at most, given the sample rate in hertz. Default all
 * @throws SignalError as {@link openRecording} and the blocks of what it opens do
 */
export async function readMono(
  source: ByteSource,
  choice: ChannelChoice,
  framesAt: (sampleRate: number) => number = () => Infinity,
): Promise<Mono> {
  const recording = await openRecording(source);
  const { sampleRate } = recording;
  try {
    return { sampleRate, samples: await gathered(recording, choice, Math.max(0, Math.floor(framesAt(sampleRate)))) };
  } finally {
    await recording.close();
  }
}
