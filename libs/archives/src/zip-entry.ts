import { getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl';

import { refusal } from './archive-error.js';
import { shownPath, type ArchiveEntry } from './entry-paths.js';

/** A file or folder in a zip archive. */
export interface ZipEntry extends ArchiveEntry {
  /** As claimed; more are never unpacked, and fewer are an error. */
  bytes: number;
  crc32: number;
  deflated: boolean;
  /** Where its packed bytes begin and end in the archive. */
  start: number;
  end: number;
}

/** @throws ArchiveError if it does not lie where the directory says */
export async function locate(zip: ZipFile, entry: Entry, path: string): Promise<ZipEntry> {
  const { fileDataStart, fileName } = await zip.readLocalFileHeaderPromise(entry);
  if (!fileName.equals(entry.fileNameRaw))
    throw damagedZip(new Error(`${shownPath(path)} has another name in the directory than where it lies`));
  return toZipEntry(entry, path, fileDataStart);
}

/** As the archive gives it, whatever that is. */
export function pathOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
}

/** Where the directory begins; to be asked before its first entry is read. */
export function directoryStartOf(zip: ZipFile): number {
  return (zip as unknown as { readEntryCursor: number }).readEntryCursor;
}

function toZipEntry(entry: Entry, path: string, start: number): ZipEntry {
  return {
    path,
    kind: path.endsWith('/') ? 'folder' : 'file',
    bytes: entry.uncompressedSize,
    crc32: entry.crc32,
    deflated: entry.compressionMethod === 8,
    start,
    end: start + entry.compressedSize,
  };
}

const typeBits = 0o170000;
const [regular, folder] = [0o100000, 0o040000];

/** Why an entry is not taken; null if nothing is known against it. */
export function faultOf(entry: Entry, path: string): string | null {
  const wrong = (what: string) => `the archive's entry ${shownPath(path)} ${what}`;
  if (entry.isEncrypted()) return wrong('is encrypted; pack the folder without a password');
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return wrong(`is packed by method ${entry.compressionMethod}; deflate and none are supported`);
  const type = (entry.externalFileAttributes >>> 16) & typeBits;
  if (type !== 0 && type !== regular && type !== folder)
    return wrong('is a link or a device; pack only files and folders');
  if (path.endsWith('/') && entry.uncompressedSize > 0) return wrong('is a folder with bytes; make the archive again');
  if (entry.compressionMethod === 0 && entry.compressedSize !== entry.uncompressedSize)
    return wrong('is not compressed and has two sizes; make the archive again');
  return null;
}

/** Where an entry lies in the archive, its header included. */
export interface Span {
  /** Of the entry, from 1: a hundred thousand paths, of up to 65,535 bytes each, are not to be kept. Null: the directory. */
  place: number | null;
  start: number;
  end: number;
}

/**
 * Entries that share bytes are how a small archive unpacks to a huge one, and are never made by accident. Sorts the spans.
 *
 * @throws ArchiveError
 */
export function requireApart(spans: Span[]): void {
  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  spans.forEach((span, i) => {
    const before = spans[i - 1];
    if (before && span.start < before.end) throw damagedZip(new Error(`${nameOf(before)} and ${nameOf(span)} overlap`));
  });
}

function nameOf({ place }: Span): string {
  return place === null ? 'the directory' : `entry ${place}`;
}

/** What yauzl says of an archive, as ours; what reading the archive failed with stays as it is. */
export function damagedZip(error: unknown): unknown {
  const isOfYauzl = error instanceof Error && error.name === 'Error' && !('code' in error);
  return isOfYauzl ? refusal(`the zip archive is damaged (${error.message}); make it again`, error) : error;
}
