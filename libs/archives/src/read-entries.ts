import type { ArchiveFormat } from './archive-format.js';
import type { ReadableEntry } from './readable-entry.js';
import { readPieces, type ArchiveSource } from './archive-source.js';
import { gunzip } from './gunzip.js';
import { requireArchiveBytes, type ArchiveLimits } from './limits.js';
import { readZip } from './read-zip.js';
import { readTar } from './tar-entries.js';

/**
 * The entries of an archive, one after the other and each time in the same order; nothing of it is kept in memory but where
 * the entries of a zip lie. An entry that cannot be read says so, and does not end the others.
 *
 * @throws ArchiveError if the archive as a whole is damaged, or holds more than it may; what the source throws
 */
export async function* readEntries(
  source: ArchiveSource,
  format: ArchiveFormat,
  limits: ArchiveLimits,
): AsyncGenerator<ReadableEntry> {
  requireArchiveBytes(source.bytes, limits);
  if (format === 'zip') yield* readZip(source, limits);
  else if (format === 'tar') yield* readTar(readPieces(source, 0, source.bytes), limits);
  else yield* readTar(gunzip(source, limits), limits);
}
