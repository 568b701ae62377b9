import type { ChannelChoice } from '../down-mix.js';
import { SignalError } from '../signal-error.js';
import { ByteReader, type ByteSource } from './byte-reader.js';

/** A recording whose header has been read, and whose samples are decoded as they are asked for. */
export interface OpenRecording {
  /** What holds it, such as `WAV`, `FLAC` or `Ogg Opus`. */
  readonly format: string;
  /** Samples per second of each channel, in hertz; at least 1. */
  readonly sampleRate: number;
  /** At least 1. */
  readonly channels: number;

  /**
   * Decodes the recording, once. Memory is that of a block or two, however long it is.
   *
   * @param choice one channel of it (see {@link ChannelChoice}), or `all`, interleaved
   * @returns blocks of 1 to 65,536 frames; each is overwritten when the next is asked for
   * @throws SignalError when the bytes turn out to be damaged, or a sample is not finite; or there is no such channel
   */
  blocks(choice: ChannelChoice | 'all'): AsyncGenerator<Float32Array, void>;
}

/** Reads the header of one format, which the reader stands at the start of. */
export type OpenFormat = (reader: ByteReader) => Promise<OpenRecording>;

/**
 * Opens a recording of any supported format, which its first bytes tell.
 *
 * @param source the file's bytes; closed when the blocks have been read or given up, and when opening fails
 * @throws SignalError if it is no recording, or one that is not supported, or its header is damaged
 */
export async function openRecording(source: ByteSource): Promise<OpenRecording> {
  const reader = new ByteReader(source);
  const start = await reader.peek(16);
  if (start.length === 0) throw new SignalError('the file is empty');
  throw new SignalError('the file is of no known audio format');
}
