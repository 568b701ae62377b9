import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { refusal } from '../errors.js';
import type { Archive } from './archive.js';
import { pieceBytes, readPieces, type ArchiveSource } from './archive-source.js';
import type { ArchiveEntry } from './entry-paths.js';
import { requireEntryCount, requireUnpackedBytes, type ArchiveLimits } from './limits.js';
import { readTar } from './tar-entries.js';

/**
 * Opens a tar.gz archive. It has no directory, and so it is unpacked as a whole to see what is in it, and again for its
 * files. What counts as unpacked is the tar archive, with its headers.
 *
 * @throws ModelError if it is damaged, or holds more than it may
 */
export async function openTarGz(source: ArchiveSource, limits: ArchiveLimits): Promise<Archive> {
  const read = () => readTar(gunzip(source, limits), limits);
  const entries: (ArchiveEntry & { bytes: number })[] = [];
  let claimed = 0;
  for await (const { path, kind, bytes } of read()) {
    entries.push({ path, kind, bytes });
    requireEntryCount(entries.length, limits);
    requireUnpackedBytes((claimed += bytes), source.bytes, limits);
  }
  return {
    entries,
    files: async function* () {
      let index = 0;
      for await (const entry of read()) {
        const { path, kind, bytes } = entry;
        const known = entries[index];
        if (known?.path !== path || known.kind !== kind || known.bytes !== bytes)
          throw refusal('the archive changed while it was read; hand it in again');
        if (kind === 'file') yield { index, pieces: entry.pieces() };
        index++;
      }
    },
  };
}

async function* gunzip(source: ArchiveSource, limits: ArchiveLimits): AsyncGenerator<Uint8Array> {
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
