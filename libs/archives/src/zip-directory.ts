import { requireSound } from './readable-entry.js';
import type { ArchiveSource } from './archive-source.js';
import { requireArchiveBytes, requireEntryCount, requireUnpackedBytes, type ArchiveLimits } from './limits.js';
import { openZip } from './open-zip.js';
import {
  damagedZip,
  directoryStartOf,
  faultOf,
  locate,
  pathOf,
  requireApart,
  type Span,
  type ZipEntry,
} from './zip-entry.js';

/**
 * The entries of a zip archive, from its central directory, when all of them are what is supported, lie apart from each
 * other, and claim no more than may be.
 *
 * @throws ArchiveError if any is not
 */
export async function readZipDirectory(source: ArchiveSource, limits: ArchiveLimits): Promise<ZipEntry[]> {
  requireArchiveBytes(source.bytes, limits);
  const entries = await entriesOf(source, limits).catch((error: unknown) => {
    throw damagedZip(error);
  });
  requireUnpackedBytes(
    entries.reduce((sum, { bytes }) => sum + bytes, 0),
    source.bytes,
    limits,
  );
  return entries;
}

async function entriesOf(source: ArchiveSource, limits: ArchiveLimits): Promise<ZipEntry[]> {
  const zip = await openZip(source);
  const directoryStart = directoryStartOf(zip);
  const entries: ZipEntry[] = [];
  const spans: Span[] = [];
  for await (const entry of zip.eachEntry()) {
    requireEntryCount(entries.length + 1, limits);
    const path = pathOf(entry);
    requireSound({ fault: faultOf(entry, path) });
    const found = await locate(zip, entry, path);
    spans.push({ place: spans.length + 1, start: entry.relativeOffsetOfLocalHeader, end: found.end });
    entries.push(found);
  }
  requireApart([...spans, { place: null, start: directoryStart, end: source.bytes }]);
  return entries;
}
