import { SignalError } from '../../signal-error.js';
import { assertSound, assertWidth, type SampleLayout } from '../pcm/sample-layout.js';
import type { WavHeader } from './riff-chunks.js';

/** How the samples of a WAV file are written. */
export interface WavFormat {
  codec: WavCodec;
  /** Samples per second of each channel; at least 1. */
  sampleRate: number;
  /** At least 1. */
  channels: number;
  /** Bytes of one sample of every channel, or of a block of ADPCM, as the file has it. */
  blockAlign: number;
  /** Bits of one sample of one channel, as the file has it. */
  bits: number;
}

export type WavCodec = 'integer' | 'float' | 'a-law' | 'mu-law' | 'ima-adpcm' | 'ms-adpcm';

const codecs = new Map<number, WavCodec>([
  [0x0001, 'integer'],
  [0x0002, 'ms-adpcm'],
  [0x0003, 'float'],
  [0x0006, 'a-law'],
  [0x0007, 'mu-law'],
  [0x0011, 'ima-adpcm'],
]);
/** Others that are met, so that a refusal can name them. */
const otherCodecs = new Map<number, string>([
  [0x0031, 'GSM 6.10'],
  [0x0040, 'G.721'],
  [0x0045, 'G.726'],
  [0x0050, 'MPEG audio'],
  [0x0055, 'MP3'],
  [0x00ff, 'AAC'],
  [0x0161, 'Windows Media Audio'],
  [0x2000, 'AC-3'],
]);
/** WAVE_FORMAT_EXTENSIBLE: the codec is the first number of a GUID further on, of which the rest is always this. */
const extensible = 0xfffe;
const restOfGuid = '0000-0010-8000-00aa00389b71';

/**
 * Reads the content of a `fmt ` chunk.
 *
 * @throws SignalError if it is cut short, contradicts itself, or names a codec that is not supported
 */
export function parseWavFormat({ format, formatAt, littleEndian }: WavHeader): WavFormat {
  const where = `WAV: the fmt chunk at byte ${formatAt}`;
  if (format.byteLength < 16)
    throw new SignalError(`${where} holds ${format.byteLength} bytes; at least 16 are needed`);
  const tag = format.getUint16(0, littleEndian);
  const codecTag = tag === extensible ? tagOfGuid(where, format, littleEndian) : tag;
  const codec = codecs.get(codecTag);
  if (!codec) {
    const name = otherCodecs.get(codecTag) ?? 'of no known name';
    throw new SignalError(`${where} names codec 0x${codecTag.toString(16)} (${name}), which is not supported`);
  }
  const channels = format.getUint16(2, littleEndian);
  const sampleRate = format.getUint32(4, littleEndian);
  assertSound(where, channels, sampleRate);
  const blockAlign = format.getUint16(12, littleEndian);
  return { codec, sampleRate, channels, blockAlign, bits: format.getUint16(14, littleEndian) };
}

/**
 * How every sample is written by itself.
 *
 * @throws SignalError if that is not supported
 */
export function sampleLayout(
  codec: 'integer' | 'float' | 'a-law' | 'mu-law',
  { channels, blockAlign, bits }: WavFormat,
  { formatAt, littleEndian }: WavHeader,
): SampleLayout {
  const isLaw = codec === 'a-law' || codec === 'mu-law';
  // Some writers give the bits of what it is decoded to.
  const sampleBytes = isLaw && blockAlign === channels ? 1 : bytesOfSample(bits, blockAlign / channels);
  const encoding = codec !== 'integer' ? codec : sampleBytes === 1 ? 'unsigned' : 'signed';
  const layout: SampleLayout = { encoding, sampleBytes, littleEndian };
  assertWidth(`WAV: the fmt chunk at byte ${formatAt}`, layout);
  return layout;
}

/** The block's share where it is wide enough for the bits; else the bits alone, as some writers get the block wrong. */
function bytesOfSample(bits: number, shareOfBlock: number): number {
  const needed = Math.ceil(bits / 8);
  return Number.isInteger(shareOfBlock) && shareOfBlock > needed ? shareOfBlock : needed;
}

function tagOfGuid(where: string, format: DataView, littleEndian: boolean): number {
  if (format.byteLength < 40) {
    throw new SignalError(`${where} holds ${format.byteLength} bytes; an extensible one needs 40`);
  }
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const tag = format.getUint32(24, littleEndian);
  const middle = [28, 30].map((at) => hex(format.getUint16(at, littleEndian), 4));
  const end = Array.from({ length: 8 }, (_, i) => hex(format.getUint8(32 + i), 2)).join('');
  const rest = [...middle, end.slice(0, 4), end.slice(4)].join('-');
  if (rest === restOfGuid) return tag;
  throw new SignalError(`${where} names codec {${hex(tag, 8)}-${rest}}, which is not supported`);
}
