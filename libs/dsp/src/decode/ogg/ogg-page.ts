import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';

/** One page of an Ogg file (RFC 3533), whose checksum has been found right. */
export interface OggPage {
  /** Where it starts in the file. */
  at: number;
  /** Which of the streams in the file it belongs to. */
  serial: number;
  /** Counted from 0 within its stream. */
  sequence: number;
  /** Position of the last packet that ends on it, in the codec's own unit; -1 if none does. */
  granule: number;
  continuesPacket: boolean;
  beginsStream: boolean;
  endsStream: boolean;
  /** Lengths of the segments; one below 255 ends a packet. */
  lacing: Uint8Array;
  body: Uint8Array;
}

const headerBytes = 27;
const checksumOffset = 22;

/**
 * Reads the page that the reader stands at.
 *
 * @returns null where the file ends, be it within the page: a file that was cut short
 * @throws SignalError if the bytes are no page, or a damaged one
 */
export async function readOggPage(reader: ByteReader): Promise<OggPage | null> {
  const at = reader.position;
  const start = await reader.peek(headerBytes);
  if (start.length < headerBytes) return null;
  if (start[0] !== 0x4f || start[1] !== 0x67 || start[2] !== 0x67 || start[3] !== 0x53 || start[4] !== 0) {
    throw new SignalError(`Ogg: there is no page at byte ${at}, where one should start`);
  }
  const laced = headerBytes + start[26]!;
  const lacing = (await reader.peek(laced)).subarray(headerBytes);
  const length = laced + lacing.reduce((sum, segment) => sum + segment, 0);
  const bytes = await reader.read(length);
  if (bytes.length < length || lacing.length < laced - headerBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(checksumOffset, true) !== oggChecksum(bytes)) {
    throw new SignalError(`Ogg: the page at byte ${at} is damaged (its checksum differs)`);
  }
  return {
    at,
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    granule: Number(view.getBigInt64(6, true)),
    continuesPacket: (bytes[5]! & 1) !== 0,
    beginsStream: (bytes[5]! & 2) !== 0,
    endsStream: (bytes[5]! & 4) !== 0,
    lacing: bytes.subarray(headerBytes, laced),
    body: bytes.subarray(laced),
  };
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ (remainder < 0 ? 0x04c11db7 : 0);
  return remainder;
});

/** CRC-32 of a whole page, polynomial 0x04c11db7, not reflected; the checksum's own four bytes count as 0. */
export function oggChecksum(page: Uint8Array): number {
  let remainder = 0;
  for (let i = 0; i < page.length; i++) {
    const byte = i >= checksumOffset && i < checksumOffset + 4 ? 0 : page[i]!;
    remainder = (remainder << 8) ^ table[(remainder >>> 24) ^ byte]!;
  }
  return remainder >>> 0;
}
