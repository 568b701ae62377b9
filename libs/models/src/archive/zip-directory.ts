import { fromRandomAccessReader, getFileNameLowLevel, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';

import { ModelError, refusal } from '../errors.js';
import type { ArchiveSource } from './archive-source.js';
import { shownPath, type ArchiveEntry } from './entry-paths.js';
import { requireArchiveBytes, requireEntryCount, requireUnpackedBytes, type ArchiveLimits } from './limits.js';

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

/**
 * The entries of a zip archive, from its central directory, when all of them are what is supported, lie apart from each
 * other, and claim no more than may be.
 *
 * @throws ModelError if any is not
 */
export async function readZipDirectory(source: ArchiveSource, limits: ArchiveLimits): Promise<ZipEntry[]> {
  requireArchiveBytes(source.bytes, limits);
  const entries = await entriesOf(source, limits).catch((error: unknown) => {
    if (error instanceof ModelError) throw error;
    throw refusal(`the zip archive is damaged (${messageOf(error)}); make it again`, error);
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
  const directoryStart = (zip as unknown as { readEntryCursor: number }).readEntryCursor;
  const entries: ZipEntry[] = [];
  const spans: { path: string; start: number; end: number }[] = [];
  for await (const entry of zip.eachEntry()) {
    requireEntryCount(entries.length + 1, limits);
    const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    requireSupported(entry, path);
    const { fileDataStart, fileName } = await zip.readLocalFileHeaderPromise(entry);
    if (!fileName.equals(entry.fileNameRaw))
      throw new Error(`${shownPath(path)} has another name in the directory than where it lies`);
    const end = fileDataStart + entry.compressedSize;
    spans.push({ path, start: entry.relativeOffsetOfLocalHeader, end });
    entries.push(toZipEntry(entry, path, fileDataStart));
  }
  requireApart([...spans, { path: 'the directory', start: directoryStart, end: source.bytes }]);
  return entries;
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

function requireSupported(entry: Entry, path: string): void {
  const wrong = (what: string) => refusal(`the archive's entry ${shownPath(path)} ${what}`);
  if (entry.isEncrypted()) throw wrong('is encrypted; pack the folder without a password');
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw wrong(`is packed by method ${entry.compressionMethod}; deflate and none are supported`);
  const type = (entry.externalFileAttributes >>> 16) & typeBits;
  if (type !== 0 && type !== regular && type !== folder)
    throw wrong('is a link or a device; pack only files and folders');
  if (path.endsWith('/') && entry.uncompressedSize > 0) throw wrong('is a folder with bytes; make the archive again');
  if (entry.compressionMethod === 0 && entry.compressedSize !== entry.uncompressedSize)
    throw wrong('is not compressed and has two sizes; make the archive again');
}

/** Entries that share bytes are how a small archive unpacks to a huge one, and are never made by accident. */
function requireApart(spans: { path: string; start: number; end: number }[]): void {
  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  spans.forEach(({ path, start }, i) => {
    const before = spans[i - 1];
    if (before && start < before.end) throw new Error(`${shownPath(before.path)} and ${shownPath(path)} overlap`);
  });
}

function openZip(source: ArchiveSource): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false };
    fromRandomAccessReader(new SourceReader(source), source.bytes, options, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

/** Reads for yauzl. Its own reader of files throws, outside of any promise, at offsets that no file can have. */
class SourceReader extends RandomAccessReader {
  constructor(private readonly source: ArchiveSource) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.source.read(position, length).then((bytes) => {
      buffer.set(bytes, offset);
      callback(null, bytes.length);
    }, callback);
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
