import type { Entry, ZipFile } from 'yauzl';

import { ArchiveError, EntryError } from './archive-error.js';
import type { ReadableEntry } from './readable-entry.js';
import type { ArchiveSource } from './archive-source.js';
import { shownPath } from './entry-paths.js';
import { requireEntryCount, requireUnpackedBytes, type ArchiveLimits } from './limits.js';
import { openZip } from './open-zip.js';
import { readZipFile } from './zip-content.js';
import { damagedZip, directoryStartOf, faultOf, locate, pathOf, requireApart, type Span } from './zip-entry.js';

/**
 * The entries of a zip archive in the order of its directory, which is read twice: first for what is wrong with the whole,
 * then for one entry after the other. One that cannot be read says so, and the others are read.
 *
 * @throws ArchiveError if the directory is damaged, its entries share bytes, or they claim more than may be; what the source throws
 */
export async function* readZip(source: ArchiveSource, limits: ArchiveLimits): AsyncGenerator<ReadableEntry> {
  try {
    await requireSoundDirectory(source, limits);
    const zip = await openZip(source);
    for await (const entry of zip.eachEntry()) yield toEntry(source, zip, entry);
  } catch (error) {
    throw damagedZip(error);
  }
}

async function requireSoundDirectory(source: ArchiveSource, limits: ArchiveLimits): Promise<void> {
  const zip = await openZip(source);
  const spans: Span[] = [{ place: null, start: directoryStartOf(zip), end: source.bytes }];
  let claimed = 0;
  for await (const entry of zip.eachEntry()) {
    requireEntryCount(spans.length, limits);
    requireUnpackedBytes((claimed += entry.uncompressedSize), source.bytes, limits);
    const start = entry.relativeOffsetOfLocalHeader;
    // Its header may be longer where it lies, by what only its own reader needs.
    const end = start + localHeaderBytes + entry.fileNameRaw.length + entry.compressedSize;
    spans.push({ place: spans.length, start, end });
  }
  requireApart(spans);
}

/** Without the path. */
const localHeaderBytes = 30;

function toEntry(source: ArchiveSource, zip: ZipFile, entry: Entry): ReadableEntry {
  const path = pathOf(entry);
  return {
    path,
    kind: path.endsWith('/') ? 'folder' : 'file',
    bytes: entry.uncompressedSize,
    fault: faultOf(entry, path),
    pieces: async function* () {
      const found = await locate(zip, entry, path).catch((error: unknown) => {
        const damage = damagedZip(error);
        if (!(damage instanceof ArchiveError)) throw error;
        const words = (error as Error).message;
        throw new EntryError(`the archive's entry ${shownPath(path)} is damaged (${words})`, { cause: error });
      });
      yield* readZipFile(source, found);
    },
  };
}
