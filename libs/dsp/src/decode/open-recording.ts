import type { ChannelChoice } from '../channel-choice.js';
import { ByteReader, type ByteSource } from './byte-reader.js';
import { unsupported } from './unsupported.js';

/** A recording whose header has been read, and whose samples are decoded as they are asked for. */
export interface OpenRecording {
  /** What holds it, such as `WAV`, `FLAC` or `Ogg Opus`. */
  readonly format: string;
  /** Samples per second of each channel, in hertz; 1 to 4,294,967,295, as the header says. */
  readonly sampleRate: number;
  /** At least 1. */
  readonly channels: number;
  /** How many frames are in memory already, still to be decoded, so that room for them may be reserved. Default unknown. */
  readonly framesAtHand?: number;

  /**
   * Decodes the recording, once. Memory is that of a block or two, however long it is.
   *
   * @param choice one channel of it (see {@link ChannelChoice}), or `all`, interleaved
   * @returns blocks of 1 to 65,536 frames; each is overwritten when the next is asked for
   * @throws SignalError when the bytes turn out to be damaged, or a sample of the choice is not finite; or there is no such channel
   */
  blocks(choice: ChannelChoice | 'all'): AsyncGenerator<Float32Array, void>;

  /**
   * Lets go of the source. Needed where no block is ever asked for: the blocks do it when they have been read, given up
   * or refused, but not before the first was asked for.
   */
  close(): Promise<void>;
}

/** What a format makes of a reader, which is its caller's to close where no block is asked for. */
export type OpenedFormat = Omit<OpenRecording, 'close'>;

/** Reads the header of one format, which the reader stands at the start of. */
export type OpenFormat = (reader: ByteReader) => Promise<OpenedFormat>;

/**
 * How the files of each format start, read as Latin-1: the first that fits is taken. Its decoder is loaded only then:
 * all of them would take 0.2 s of every process that may never see a recording.
 */
const formats: readonly (readonly [start: RegExp, load: () => Promise<OpenFormat>])[] = [
  [/^(RIFF|RIFX|RF64|BW64)....WAVE/s, async () => (await import('./wav/open-wav.js')).openWav],
  [/^FORM....AIF[FC]/s, async () => (await import('./aiff/open-aiff.js')).openAiff],
  [/^(\.snd|dns\.|\0ds\.)/, async () => (await import('./au/open-au.js')).openAu],
  [/^fLaC/, async () => (await import('./flac/open-flac.js')).openFlac],
  [/^OggS/, async () => (await import('./ogg/open-ogg.js')).openOgg],
  [/^ID3|^\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]/, async () => (await import('./mp3/open-mp3.js')).openMp3],
];

/** As many bytes as any of the expressions looks at. */
const startBytes = 64;

/**
 * Opens a recording of any supported format, which its first bytes tell.
 *
 * @param source the file's bytes; closed when opening fails; else see {@link OpenRecording.close}
 * @throws SignalError if it is no recording, or one that is not supported, or its header is damaged
 */
export async function openRecording(source: ByteSource): Promise<OpenRecording> {
  const reader = new ByteReader(source);
  try {
    const bytes = await reader.peek(startBytes);
    const start = String.fromCharCode(...bytes);
    const format = formats.find(([expression]) => expression.test(start));
    if (!format) throw unsupported(start);
    const [, load] = format;
    const open = await load();
    return { ...(await open(reader)), close: () => reader.close() };
  } catch (error) {
    await reader.close();
    throw error;
  }
}
