import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

import { EntryError } from './archive-error.js';
import { readPieces, type ArchiveSource } from './archive-source.js';
import { shownPath } from './entry-paths.js';
import type { ZipEntry } from './zip-entry.js';

/**
 * The bytes of a file in a zip archive, piece by piece. No more are unpacked than the entry claims.
 *
 * @throws EntryError if it is not what the directory says: shorter, longer, or of another checksum
 */
export async function* readZipFile(source: ArchiveSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const damaged = (what: string, cause?: unknown) =>
    new EntryError(`the archive's entry ${shownPath(entry.path)} is damaged (${what}); make the archive again`, {
      cause,
    });
  let bytes = 0;
  let checksum = 0;
  try {
    for await (const piece of entry.deflated ? inflate(source, entry) : readPieces(source, entry.start, entry.end)) {
      bytes += piece.length;
      if (bytes > entry.bytes) throw damaged('it unpacks to more than it says');
      checksum = crc32(piece, checksum);
      yield piece;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw damaged(error.message);
    throw error;
  }
  if (bytes < entry.bytes) throw damaged('it unpacks to less than it says');
  if (checksum !== entry.crc32) throw damaged('its checksum is wrong');
}

function inflate(source: ArchiveSource, { start, end }: ZipEntry): AsyncIterable<Buffer> {
  const inflater = createInflateRaw();
  // Whoever iterates over the inflater hears of its errors, and closes it.
  pipeline(Readable.from(readPieces(source, start, end), { objectMode: false }), inflater, () => undefined);
  return inflater;
}
