import { assertChannel, type ChannelChoice } from '../channel-choice.js';
import { SignalError } from '../signal-error.js';
import type { ByteReader } from './byte-reader.js';
import type { OpenRecording } from './open-recording.js';

/** Samples as most codecs give them: one array per channel, of which the frames `from` to `to` (exclusive) are meant. */
export interface Planes {
  channels: readonly Float32Array[];
  from: number;
  to: number;
}

/**
 * The blocks of a recording (see {@link OpenRecording}): the chosen channel of every part, one part after the other;
 * parts without frames are left out.
 *
 * @param parts what a decoder makes of the reader's bytes
 * @throws SignalError if there is no such channel, a sample is not finite, or there is no frame at all
 */
export async function* chosenBlocks(
  { format, channels }: Pick<OpenRecording, 'format' | 'channels'>,
  choice: ChannelChoice | 'all',
  parts: AsyncIterable<Planes>,
  reader: ByteReader,
): AsyncGenerator<Float32Array, void> {
  try {
    if (choice !== 'all') assertChannel(choice, channels);
    const width = choice === 'all' ? channels : 1;
    let room = new Float32Array(0);
    let frames = 0;
    for await (const part of parts) {
      const length = (part.to - part.from) * width;
      if (length <= 0) continue;
      if (room.length < length) room = new Float32Array(length);
      const block = room.subarray(0, length);
      choose(part, choice, block);
      const wrong = firstNotFinite(block);
      if (wrong >= 0)
        throw new SignalError(`${format}: frame ${frames + Math.floor(wrong / width)} is no finite number`);
      frames += part.to - part.from;
      yield block;
    }
    if (frames === 0) throw new SignalError(`${format}: the file holds no whole frame`);
  } finally {
    await reader.close();
  }
}

function choose(part: Planes, choice: ChannelChoice | 'all', block: Float32Array): void {
  const { channels, from, to } = part;
  if (choice === 'all') interleave(part, block);
  else if (choice === 'mean' && channels.length > 1) average(part, block);
  else block.set(channels[choice === 'mean' ? 0 : choice]!.subarray(from, to));
}

function interleave({ channels, from, to }: Planes, block: Float32Array): void {
  const width = channels.length;
  for (let channel = 0; channel < width; channel++) {
    const plane = channels[channel]!;
    for (let frame = from, at = channel; frame < to; frame++, at += width) block[at] = plane[frame]!;
  }
}

function average({ channels, from, to }: Planes, block: Float32Array): void {
  const width = channels.length;
  for (let frame = from; frame < to; frame++) {
    let sum = 0;
    for (let channel = 0; channel < width; channel++) sum += channels[channel]![frame]!;
    block[frame - from] = sum / width;
  }
}

function firstNotFinite(block: Float32Array): number {
  for (let i = 0; i < block.length; i++) if (!Number.isFinite(block[i]!)) return i;
  return -1;
}
