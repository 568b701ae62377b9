import { readZipDirectory, readZipFile, requireArchiveBytes, type ArchiveLimits, type ArchiveSource } from '#archives';
import { refusal } from '../errors.js';
import type { Archive } from './archive.js';
import { openTarGz } from './tar-gz.js';

/**
 * Opens a zip or tar.gz archive, which of them being found by its first bytes. Nothing of it is kept in memory but its
 * entries.
 *
 * @throws ModelError if it is neither; ArchiveError if it is damaged, or holds more than it may
 */
export async function openArchive(source: ArchiveSource, limits: ArchiveLimits): Promise<Archive> {
  requireArchiveBytes(source.bytes, limits);
  const magic = Buffer.from(await source.read(0, 4)).toString('latin1');
  if (magic.startsWith('PK')) return openZip(source, limits);
  if (magic.startsWith('\x1f\x8b')) return openTarGz(source, limits);
  throw refusal('the archive is neither a zip nor a tar.gz archive; pack the folder as one of these');
}

async function openZip(source: ArchiveSource, limits: ArchiveLimits): Promise<Archive> {
  const entries = await readZipDirectory(source, limits);
  return {
    entries,
    files: function* () {
      for (const [index, entry] of entries.entries())
        if (entry.kind === 'file') yield { index, pieces: readZipFile(source, entry) };
    },
  };
}
