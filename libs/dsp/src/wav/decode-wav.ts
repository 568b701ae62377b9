import { downMix, meanOfInt16, type ChannelChoice } from '../down-mix.js';
import type { Mono, Recording } from '../recording.js';
import { SignalError } from '../signal-error.js';
import { imaAdpcmSamples } from './ima-adpcm.js';
import { int16Values, pcmSamples } from './pcm-samples.js';
import { riffChunks, type Chunk } from './riff-chunks.js';
import { parseWavFormat, type WavFormat } from './wav-format.js';

/**
 * Decodes a WAV file: integers of 1 to 64 bits, floats of 32 and 64, A-law, mu-law and IMA ADPCM; any number of
 * channels, any other chunks. A file that ends before its data chunk should gives the whole frames that are there, as libsndfile does.
 *
 * @param bytes the whole file; not kept, not changed
 * @throws SignalError if it is no WAV file, its format is broken or not supported, it holds no whole frame, or a float
 *   sample in it is not finite
 */
export function decodeWav(bytes: Uint8Array): Recording {
  const { format, data } = readChunks(bytes);
  const samples = readSamples(format, data);
  return { sampleRate: format.sampleRate, channels: format.channels, samples };
}

/**
 * One channel of a WAV file, as {@link decodeWav} and {@link downMix} give it, or as much as is wanted of its beginning.
 * The usual format, 16-bit integers, is read without holding the samples of all channels.
 *
 * @param framesAt how many frames are wanted at most, given the sample rate in hertz. Default all.
 * @throws SignalError as {@link decodeWav} and {@link downMix} do
 */
export function decodeMono(
  bytes: Uint8Array,
  choice: ChannelChoice,
  framesAt: (sampleRate: number) => number = () => Infinity,
): Mono {
  const { format, data } = readChunks(bytes);
  const { sampleRate, channels } = format;
  const wanted = framesAt(sampleRate) * channels;
  if (choice === 'mean' && format.codec === 'integer' && format.sampleBytes === 2 && channels > 1) {
    const values = int16Values(wholeFrames(format, data));
    return { sampleRate, samples: meanOfInt16(values.subarray(0, wanted), channels) };
  }
  const samples = readSamples(format, data).subarray(0, wanted);
  return { sampleRate, samples: downMix({ sampleRate, channels, samples }, choice) };
}

function readSamples(format: WavFormat, data: Chunk): Float32Array {
  if (format.codec !== 'ima-adpcm') return pcmSamples(format.codec, format.sampleBytes, wholeFrames(format, data));
  const samples = imaAdpcmSamples(data.content, format.channels, format.blockBytes);
  if (samples.length === 0) throw noFullFrame(data);
  return samples;
}

function wholeFrames({ blockBytes }: WavFormat, data: Chunk): Uint8Array {
  const { content } = data;
  if (content.length < blockBytes) throw noFullFrame(data);
  return content.subarray(0, content.length - (content.length % blockBytes));
}

function noFullFrame({ offset }: Chunk): SignalError {
  return new SignalError(`WAV: the data chunk at byte ${offset - 8} holds no full frame`);
}

function readChunks(bytes: Uint8Array): { format: WavFormat; data: Chunk } {
  let format: WavFormat | undefined;
  for (const chunk of riffChunks(bytes)) {
    if (chunk.id === 'fmt ') format ??= parseWavFormat(chunk);
    if (chunk.id !== 'data') continue;
    if (!format) throw new SignalError(`WAV: the data chunk at byte ${chunk.offset - 8} comes before any fmt chunk`);
    return { format, data: chunk };
  }
  throw new SignalError(`WAV: the file ends at byte ${bytes.length}, before any data chunk`);
}
