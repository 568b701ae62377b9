import { assertFinite } from '../finite.js';
import { g711Table } from './g711.js';
import type { WavFormat } from './wav-format.js';

/** The codecs that write every sample by itself. */
export type PcmCodec = Exclude<WavFormat['codec'], 'ima-adpcm'>;

/**
 * The samples of uncompressed and G.711 formats, still interleaved; integers are divided by half their range.
 *
 * @param content whole samples, little-endian
 * @throws SignalError if a float sample is not finite
 */
export function pcmSamples(codec: PcmCodec, sampleBytes: number, content: Uint8Array): Float32Array {
  if (codec === 'float') return floats(content, sampleBytes);
  if (codec === 'a-law' || codec === 'mu-law') return fromTable(content, g711Table(codec));
  if (sampleBytes === 1) return unsigned8(content);
  return sampleBytes === 2 ? signed16(content) : signedWide(content, sampleBytes);
}

function unsigned8(content: Uint8Array): Float32Array {
  const samples = new Float32Array(content.length);
  for (let i = 0; i < samples.length; i++) samples[i] = (content[i]! - 128) / 2 ** 7;
  return samples;
}

function fromTable(content: Uint8Array, table: Float32Array): Float32Array {
  const samples = new Float32Array(content.length);
  for (let i = 0; i < samples.length; i++) samples[i] = table[content[i]!]!;
  return samples;
}

function signed16(content: Uint8Array): Float32Array {
  const values = int16Values(content);
  const samples = new Float32Array(values.length);
  for (let i = 0; i < samples.length; i++) samples[i] = values[i]! / 2 ** 15;
  return samples;
}

/** Samples of three bytes and more lie at the top of theirs: the upper four bytes hold all that a float can. */
function signedWide(content: Uint8Array, sampleBytes: number): Float32Array {
  const samples = new Float32Array(content.length / sampleBytes);
  for (let i = 0, end = sampleBytes; i < samples.length; i++, end += sampleBytes) {
    const lowest = sampleBytes > 3 ? content[end - 4]! : 0;
    const value = (content[end - 1]! << 24) | (content[end - 2]! << 16) | (content[end - 3]! << 8) | lowest;
    samples[i] = value / 2 ** 31;
  }
  return samples;
}

function floats(content: Uint8Array, sampleBytes: number): Float32Array {
  const values = alignedCopy(content);
  const samples = sampleBytes === 4 ? new Float32Array(values) : Float32Array.from(new Float64Array(values));
  assertFinite(samples);
  return samples;
}

/** 16-bit integers as they are, without a copy where the content lies as a typed array wants it, which it does in most files. */
export function int16Values(content: Uint8Array): Int16Array {
  if (content.byteOffset % 2 !== 0) return new Int16Array(alignedCopy(content));
  return new Int16Array(content.buffer, content.byteOffset, content.length / 2);
}

function alignedCopy(content: Uint8Array): ArrayBuffer {
  return new Uint8Array(content).buffer;
}
