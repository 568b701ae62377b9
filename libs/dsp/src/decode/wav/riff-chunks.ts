import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import { chunks, viewOf } from '../chunks.js';

/** The beginning of a WAV file, up to its samples. */
export interface WavHeader {
  /** The content of the `fmt ` chunk, up to its 4,096th byte. */
  format: DataView;
  /** Where the `fmt ` chunk starts. */
  formatAt: number;
  /** Where the `data` chunk starts. */
  dataAt: number;
  /** What the samples should take; Infinity for the rest of the file. */
  dataBytes: number;
  /** RIFX: every number is written with its highest byte first. */
  littleEndian: boolean;
}

const mostFormatBytes = 4096;
/** What a recorder writes that cannot seek back, and what an RF64 file writes instead of a size of 64 bits. */
const unknownSize = 0xffffffff;

/**
 * Reads a RIFF, RIFX, RF64 or BW64 file up to its samples. Other chunks are passed over, those of odd size with their
 * byte of padding. A `data` chunk of unknown size (0 or 2^32 - 1) holds the rest of the file.
 *
 * @throws SignalError if the file ends before its samples, or they come before their format
 */
export async function readWavHeader(reader: ByteReader): Promise<WavHeader> {
  const littleEndian = String.fromCharCode(...(await reader.read(12)).subarray(0, 4)) !== 'RIFX';
  let format: { view: DataView; at: number } | undefined;
  let wideDataBytes = 0;
  for await (const { id, at, size } of chunks(reader, 'WAV', littleEndian)) {
    if (id === 'data') {
      if (!format) throw new SignalError(`WAV: the data chunk at byte ${at} comes before any fmt chunk`);
      const dataBytes = (size === unknownSize ? wideDataBytes : size) || Infinity;
      return { format: format.view, formatAt: format.at, dataAt: at, dataBytes, littleEndian };
    }
    if (id === 'fmt ') format ??= { view: viewOf(await reader.read(Math.min(size, mostFormatBytes))), at };
    if (id === 'ds64') wideDataBytes = wideSize(viewOf(await reader.read(Math.min(size, 16))));
  }
  throw new SignalError(`WAV: the file ends at byte ${reader.position}, before any data chunk`);
}

/** The size of the samples from the start of a ds64 chunk; 0 if it is not there, or -1 as a placeholder. */
function wideSize(content: DataView): number {
  const size = content.byteLength < 16 ? 0n : content.getBigInt64(8, true);
  return size > 0n ? Number(size) : 0;
}
