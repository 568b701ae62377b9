import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { refusal } from './archive-error.js';
import { pieceBytes, readPieces, type ArchiveSource } from './archive-source.js';
import { requireUnpackedBytes, type ArchiveLimits } from './limits.js';

/**
 * The bytes of what was compressed with gzip, piece by piece.
 *
 * @throws ArchiveError if it is damaged, or unpacks to more than it may
 */
export async function* gunzip(source: ArchiveSource, limits: ArchiveLimits): AsyncGenerator<Uint8Array> {
  const inflater = createGunzip({ chunkSize: pieceBytes });
  // Whoever iterates over the inflater hears of its errors, and closes it.
  pipeline(Readable.from(readPieces(source, 0, source.bytes), { objectMode: false }), inflater, () => undefined);
  let bytes = 0;
  try {
    for await (const piece of inflater as AsyncIterable<Buffer>) {
      requireUnpackedBytes((bytes += piece.length), source.bytes, limits);
      yield piece;
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) throw error;
    throw refusal(`the archive is not gzip as it should be (${error.message}); make it again`, error);
  }
}
