import { SignalError } from '../../signal-error.js';
import { assertSound, assertWidth, type SampleLayout } from '../pcm/sample-layout.js';
import type { AiffHeader } from './aiff-chunks.js';

/** How the samples of an AIFF file are written. */
export interface AiffFormat {
  /** Samples per second of each channel; at least 1. What is beyond the decimal point is left out, as in libsndfile. */
  sampleRate: number;
  /** At least 1. */
  channels: number;
  layout: SampleLayout;
}

type Codec = Pick<SampleLayout, 'encoding' | 'littleEndian'> & { sampleBytes?: number };

/** What AIFC calls its codecs. Where no width is given, it follows from the bits. */
const codecs = new Map<string, Codec>([
  ['NONE', { encoding: 'signed', littleEndian: false }],
  ['twos', { encoding: 'signed', littleEndian: false }],
  ['sowt', { encoding: 'signed', littleEndian: true }],
  ['raw ', { encoding: 'unsigned', littleEndian: false }],
  ['in24', { encoding: 'signed', littleEndian: false, sampleBytes: 3 }],
  ['42n1', { encoding: 'signed', littleEndian: true, sampleBytes: 3 }],
  ['42ni', { encoding: 'signed', littleEndian: true, sampleBytes: 3 }],
  ['in32', { encoding: 'signed', littleEndian: false, sampleBytes: 4 }],
  ['23ni', { encoding: 'signed', littleEndian: true, sampleBytes: 4 }],
  ['fl32', { encoding: 'float', littleEndian: false, sampleBytes: 4 }],
  ['FL32', { encoding: 'float', littleEndian: false, sampleBytes: 4 }],
  ['fl64', { encoding: 'float', littleEndian: false, sampleBytes: 8 }],
  ['FL64', { encoding: 'float', littleEndian: false, sampleBytes: 8 }],
  ['alaw', { encoding: 'a-law', littleEndian: false, sampleBytes: 1 }],
  ['ALAW', { encoding: 'a-law', littleEndian: false, sampleBytes: 1 }],
  ['ulaw', { encoding: 'mu-law', littleEndian: false, sampleBytes: 1 }],
  ['ULAW', { encoding: 'mu-law', littleEndian: false, sampleBytes: 1 }],
]);

/**
 * Reads the content of a `COMM` chunk.
 *
 * @param isAifc whether it names a codec; in AIFF it may be shorter
 * @throws SignalError if it is cut short, contradicts itself, or names a codec that is not supported
 */
export function parseAiffFormat({ common, commonAt }: AiffHeader, isAifc: boolean): AiffFormat {
  const where = `AIFF: the COMM chunk at byte ${commonAt}`;
  const needed = isAifc ? 22 : 18;
  if (common.byteLength < needed) {
    throw new SignalError(`${where} holds ${common.byteLength} bytes; at least ${needed} are needed`);
  }
  const name = isAifc ? String.fromCharCode(...[18, 19, 20, 21].map((at) => common.getUint8(at))) : 'NONE';
  const codec = codecs.get(name);
  if (!codec) throw new SignalError(`${where} names codec ${JSON.stringify(name)}, which is not supported`);
  const channels = common.getUint16(0);
  const sampleRate = Math.floor(extendedFloat(common, 8));
  assertSound(where, channels, sampleRate);
  const layout = { ...codec, sampleBytes: codec.sampleBytes ?? Math.ceil(common.getUint16(6) / 8) };
  assertWidth(where, layout);
  return { sampleRate, channels, layout };
}

/** A float of 80 bits (IEEE 754 extended) from its highest byte on: NaN or infinite if it is above 2^1023. */
function extendedFloat(view: DataView, at: number): number {
  const signAndExponent = view.getUint16(at);
  const exponent = (signAndExponent & 0x7fff) - 16_383 - 63;
  const magnitude = Number(view.getBigUint64(at + 2)) * 2 ** exponent;
  return signAndExponent >> 15 ? -magnitude : magnitude;
}
