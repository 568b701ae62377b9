import {
  gunzip,
  readTar,
  requireEntryCount,
  requireSound,
  requireUnpackedBytes,
  type ArchiveEntry,
  type ArchiveLimits,
  type ArchiveSource,
} from '#archives';
import { refusal } from '../errors.js';
import type { Archive } from './archive.js';

/**
 * Opens a tar.gz archive. It has no directory, and so it is unpacked as a whole to see what is in it, and again for its
 * files. What counts as unpacked is the tar archive, with its headers.
 *
 * @throws ArchiveError if it is damaged, or holds more than it may
 */
export async function openTarGz(source: ArchiveSource, limits: ArchiveLimits): Promise<Archive> {
  const read = () => readTar(gunzip(source, limits), limits);
  const entries: (ArchiveEntry & { bytes: number })[] = [];
  let claimed = 0;
  for await (const { path, kind, bytes, fault } of read()) {
    requireSound({ fault });
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
