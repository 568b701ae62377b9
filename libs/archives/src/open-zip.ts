import { fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl';

import type { ArchiveSource } from './archive-source.js';

/** A zip archive for yauzl, whose entries are read one after the other. */
export function openZip(source: ArchiveSource): Promise<ZipFile> {
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
