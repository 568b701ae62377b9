import type { ArchiveEntry } from '#archives';

/** An archive whose entries are known, and which holds no more than may be. */
export interface Archive {
  entries: readonly ArchiveEntry[];

  /**
   * Its files in the order of its entries, each with its place among them. A file's pieces are to be read before the
   * next file is asked for.
   *
   * @throws ArchiveError while pieces are read, if the archive is damaged
   */
  files(): Iterable<ArchiveFile> | AsyncIterable<ArchiveFile>;
}

/** A file's bytes, and the place of its entry in the archive. */
export interface ArchiveFile {
  index: number;
  pieces: AsyncIterable<Uint8Array>;
}
