import { SignalError } from '../../signal-error.js';
import type { BitReader } from './bit-reader.js';
import { crc8 } from './checksums.js';
import type { StreamInfo } from './stream-info.js';

/** The start of a FLAC frame (RFC 9639, 9.1), without what must be as the file's first block says. */
export interface FrameHeader {
  /** Samples of each channel; 1 to 65,536. */
  length: number;
  /** Two channels can be written as one and the difference, in either order, or as mean and difference. */
  stereo: 'plain' | 'left-side' | 'side-right' | 'mid-side';
  /** Counted from 0: frames where all are of one length, else samples. */
  number: number;
  isOfVariableLength: boolean;
}

const sampleRates = [0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
const sampleBits = [0, 8, 12, -1, 16, 20, 24, 32];
const stereos = ['left-side', 'side-right', 'mid-side'] as const;

/**
 * @param bytes what `bits` stands at the start of
 * @throws SignalError if this is no header, a damaged one, or of another form than `info`
 */
export function readFrameHeader(bits: BitReader, bytes: Uint8Array, info: StreamInfo, where: string): FrameHeader {
  const sync = bits.unsigned(15);
  const isOfVariableLength = bits.unsigned(1) === 1;
  if (sync !== 0x7ffc) throw new SignalError(`${where} does not start as a frame must`);
  const lengthCode = bits.unsigned(4);
  const rateCode = bits.unsigned(4);
  const layout = bits.unsigned(4);
  const bitsCode = bits.unsigned(3);
  bits.unsigned(1);
  const number = codedNumber(bits);
  const length = frameLength(lengthCode, bits);
  const sampleRate = rateCode > 11 ? longSampleRate(rateCode, bits) : sampleRates[rateCode]! || info.sampleRate;
  const checked = bits.position;
  if (bits.unsigned(8) !== crc8(bytes.subarray(0, checked))) {
    throw new SignalError(`${where} is damaged (the checksum of its header differs)`);
  }
  const channels = layout < 8 ? layout + 1 : 2;
  const sample = sampleBits[bitsCode]! || info.bits;
  if (sampleRate !== info.sampleRate || channels !== info.channels || sample !== info.bits || layout > 10) {
    const form = `${sampleRate} Hz, ${channels} channels of ${sample} bits`;
    throw new SignalError(`${where} is of another form than the file's first block says: ${form}`);
  }
  if (length === 0) throw new SignalError(`${where} has a length that is not possible`);
  return { length, stereo: stereos[layout - 8] ?? 'plain', number, isOfVariableLength };
}

/** A number of up to 36 bits, written as UTF-8 writes characters; -1 if it is not. */
function codedNumber(bits: BitReader): number {
  const first = bits.unsigned(8);
  const following = Math.clz32(~(first << 24));
  if (following === 0) return first;
  if (following === 1 || following > 7) return -1;
  let number = first & (0x7f >> following);
  for (let i = 1; i < following; i++) number = number * 64 + (bits.unsigned(8) & 63);
  return number;
}

/** 0 if the code is not allowed. */
function frameLength(code: number, bits: BitReader): number {
  if (code === 1) return 192;
  if (code <= 5) return code === 0 ? 0 : 144 * 2 ** code;
  if (code === 6) return bits.unsigned(8) + 1;
  return code === 7 ? bits.unsigned(16) + 1 : 2 ** code;
}

/** -1 if the code is not allowed. */
function longSampleRate(code: number, bits: BitReader): number {
  if (code === 12) return bits.unsigned(8) * 1000;
  if (code === 13) return bits.unsigned(16);
  return code === 14 ? bits.unsigned(16) * 10 : -1;
}
