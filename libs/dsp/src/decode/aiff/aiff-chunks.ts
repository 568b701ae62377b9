import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import { chunks, viewOf } from '../chunks.js';

/** The beginning of an AIFF or AIFC file, up to its samples. */
export interface AiffHeader {
  /** The content of the `COMM` chunk, up to its 64th byte, with highest bytes first. */
  common: DataView;
  /** Where the `COMM` chunk starts. */
  commonAt: number;
  /** Where the `SSND` chunk starts. */
  soundAt: number;
  /** What the samples should take; Infinity for the rest of the file. */
  soundBytes: number;
}

const mostCommonBytes = 64;
const unknownSize = 0xffffffff;

/**
 * Reads an AIFF or AIFC file up to its samples. Other chunks are passed over, those of odd size with their byte of
 * padding. A `SSND` chunk of unknown size (0 or 2^32 - 1) holds the rest of the file.
 *
 * @throws SignalError if the file ends before its samples, or they come before their format
 */
export async function readAiffHeader(reader: ByteReader): Promise<AiffHeader> {
  await reader.skip(12);
  let common: { view: DataView; at: number } | undefined;
  for await (const { id, at, size } of chunks(reader, 'AIFF', false)) {
    if (id === 'SSND') {
      if (!common) throw new SignalError(`AIFF: the SSND chunk at byte ${at} comes before any COMM chunk`);
      return { common: common.view, commonAt: common.at, soundAt: at, soundBytes: await soundBytes(reader, size, at) };
    }
    if (id === 'COMM') common ??= { view: viewOf(await reader.read(Math.min(size, mostCommonBytes))), at };
  }
  throw new SignalError(`AIFF: the file ends at byte ${reader.position}, before any SSND chunk`);
}

/** Reads what comes before the samples in their chunk: how many bytes to pass over, and the size of a block of a disk. */
async function soundBytes(reader: ByteReader, size: number, at: number): Promise<number> {
  const start = await reader.read(8);
  if (start.length < 8) throw new SignalError(`AIFF: the file ends at byte ${reader.position}, inside its SSND chunk`);
  const offset = viewOf(start).getUint32(0);
  const bytes = size === 0 || size === unknownSize ? Infinity : size - 8 - offset;
  if (bytes < 0) {
    throw new SignalError(`AIFF: the SSND chunk at byte ${at} of ${size} bytes has its samples at byte ${offset}`);
  }
  await reader.skip(offset);
  return bytes;
}
