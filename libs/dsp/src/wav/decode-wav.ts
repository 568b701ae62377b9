import type { Recording } from '../recording.js';
import { SignalError } from '../signal-error.js';
import { imaAdpcmSamples } from './ima-adpcm.js';
import { pcmSamples } from './pcm-samples.js';
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
  const samples = readSamples(format, data.content);
  if (samples.length === 0) throw new SignalError(`WAV: the data chunk at byte ${data.offset - 8} holds no full frame`);
  return { sampleRate: format.sampleRate, channels: format.channels, samples };
}

function readSamples(format: WavFormat, content: Uint8Array): Float32Array {
  if (format.codec === 'ima-adpcm') return imaAdpcmSamples(content, format.channels, format.blockBytes);
  const whole = content.length - (content.length % format.blockBytes);
  return pcmSamples(format.codec, format.sampleBytes, content.subarray(0, whole));
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
