import type { ChannelChoice } from '../../channel-choice.js';
import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import type { OpenedFormat } from '../open-recording.js';
import { mostContentBytes, mostFrames, newConverter } from './convert-samples.js';
import type { SampleLayout } from './sample-layout.js';

/** Samples that are written one by one, which the reader stands at the start of. */
export interface PcmData {
  format: string;
  sampleRate: number;
  channels: number;
  layout: SampleLayout;
  /** What holds the samples, for errors, such as `the data chunk at byte 36`. */
  where: string;
  /** What the header says that the samples take; Infinity for the rest of the file. */
  bytes: number;
}

/** A recording of such samples. Where the file ends before they should, it is as long as the whole frames that are there. */
export function pcmRecording(reader: ByteReader, data: PcmData): OpenedFormat {
  const { format, sampleRate, channels } = data;
  const frameBytes = data.layout.sampleBytes * channels;
  const framesAtHand = Math.floor(Math.min(data.bytes, reader.atHand) / frameBytes);
  return { format, sampleRate, channels, framesAtHand, blocks: (choice) => blocks(reader, data, choice) };
}

async function* blocks(
  reader: ByteReader,
  data: PcmData,
  choice: ChannelChoice | 'all',
): AsyncGenerator<Float32Array, void> {
  try {
    const { format, layout, channels } = data;
    const convert = newConverter(format, layout, channels, choice);
    const frameBytes = layout.sampleBytes * channels;
    const blockBytes = frameBytes * Math.min(mostFrames, Math.floor(mostContentBytes / frameBytes));
    let done = 0;
    for (;;) {
      const content = await reader.read(Math.min(data.bytes - done, blockBytes));
      if (content.length < frameBytes) break;
      yield convert(content);
      done += content.length;
    }
    if (done === 0) throw new SignalError(`${format}: ${data.where} holds no full frame`);
  } finally {
    await reader.close();
  }
}
