import { SignalError } from '../signal-error.js';
import type { Chunk } from './riff-chunks.js';

/** How the samples of a WAV file are written. */
export interface WavFormat {
  codec: 'integer' | 'float' | 'a-law' | 'mu-law' | 'ima-adpcm';
  /** Samples per second of each channel; at least 1. */
  sampleRate: number;
  /** At least 1. */
  channels: number;
  /** Bytes of one sample of one channel; 0 for ADPCM, which writes blocks. */
  sampleBytes: number;
  /** Bytes of a block of ADPCM; for the others, of one sample of every channel. */
  blockBytes: number;
}

const codecs = new Map<number, WavFormat['codec']>([
  [0x0001, 'integer'],
  [0x0003, 'float'],
  [0x0006, 'a-law'],
  [0x0007, 'mu-law'],
  [0x0011, 'ima-adpcm'],
]);
/** WAVE_FORMAT_EXTENSIBLE: the codec is in the first two bytes of a GUID further on. */
const extensible = 0xfffe;

/**
 * Reads the content of a `fmt ` chunk.
 *
 * @throws SignalError if it is cut short, contradicts itself, or names a codec that is not supported
 */
export function parseWavFormat({ content, offset }: Chunk): WavFormat {
  const where = `WAV: the fmt chunk at byte ${offset - 8}`;
  if (content.length < 16) throw new SignalError(`${where} holds ${content.length} bytes; at least 16 are needed`);
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const tag = view.getUint16(0, true);
  const codecTag = tag === extensible && content.length >= 26 ? view.getUint16(24, true) : tag;
  const codec = codecs.get(codecTag);
  if (!codec) throw new SignalError(`${where} names codec 0x${codecTag.toString(16)}, which is not supported`);
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  if (channels === 0) throw new SignalError(`${where} says that there are 0 channels`);
  if (sampleRate === 0) throw new SignalError(`${where} says that there are 0 samples a second`);
  const blockAlign = view.getUint16(12, true);
  if (codec === 'ima-adpcm') {
    if (blockAlign < 8 * channels || blockAlign % (4 * channels) !== 0) {
      throw new SignalError(`${where} says that ${channels} channels of ADPCM come in blocks of ${blockAlign} bytes`);
    }
    return { codec, sampleRate, channels, sampleBytes: 0, blockBytes: blockAlign };
  }
  const sampleBytes = bytesOfSample(view.getUint16(14, true), blockAlign / channels);
  if (!isWritable(codec, sampleBytes)) {
    throw new SignalError(`${where} says that a sample (${codec}) takes ${sampleBytes} bytes, which is not supported`);
  }
  return { codec, sampleRate, channels, sampleBytes, blockBytes: sampleBytes * channels };
}

/** The block's share where it is wide enough for the bits; else the bits alone, as some writers get the block wrong. */
function bytesOfSample(bits: number, shareOfBlock: number): number {
  const needed = Math.ceil(bits / 8);
  return Number.isInteger(shareOfBlock) && shareOfBlock > needed ? shareOfBlock : needed;
}

function isWritable(codec: WavFormat['codec'], sampleBytes: number): boolean {
  if (codec === 'integer') return sampleBytes >= 1 && sampleBytes <= 8;
  return codec === 'float' ? sampleBytes === 4 || sampleBytes === 8 : sampleBytes === 1;
}
