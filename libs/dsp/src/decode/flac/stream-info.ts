import { SignalError } from '../../signal-error.js';

/** What a FLAC file says about itself in its first metadata block (RFC 9639, 8.2). */
export interface StreamInfo {
  /** In hertz; at least 1. */
  sampleRate: number;
  /** 1 to 8. */
  channels: number;
  /** Of a sample: 4 to 32. */
  bits: number;
  /** Frames of the whole file; Infinity if it was not known. */
  totalFrames: number;
}

export const streamInfoBytes = 34;

/** @throws SignalError if there are too few bytes, or values that are not possible */
export function parseStreamInfo(content: Uint8Array, at: number): StreamInfo {
  const where = `FLAC: the STREAMINFO block at byte ${at}`;
  if (content.length < streamInfoBytes) throw new SignalError(`${where} is cut short`);
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const packed = view.getUint32(10);
  const sampleRate = packed >>> 12;
  const bits = ((packed >>> 4) & 31) + 1;
  if (sampleRate === 0) throw new SignalError(`${where} says that there are 0 samples a second`);
  if (bits < 4) throw new SignalError(`${where} says that a sample has ${bits} bits; 4 to 32 are possible`);
  const totalFrames = (packed & 15) * 2 ** 32 + view.getUint32(14);
  return { sampleRate, channels: ((packed >>> 9) & 7) + 1, bits, totalFrames: totalFrames || Infinity };
}
