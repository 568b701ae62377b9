import { ArchiveError } from './archive-error.js';
import type { ArchiveEntry } from './entry-paths.js';

/** A file or folder of an archive that is read one after the other. */
export interface ReadableEntry extends ArchiveEntry {
  /** As the archive claims; of a file that can be read it never unpacks to more. */
  bytes: number;
  /** Why it cannot be read, as a sentence about it; null if nothing is known against it. */
  fault: string | null;

  /**
   * The file's bytes; to be read before the next entry is asked for.
   *
   * @throws EntryError if they are damaged; ArchiveError if no entry can be read any more
   */
  pieces(): AsyncIterable<Uint8Array>;
}

/** @throws ArchiveError if there is anything against it */
export function requireSound({ fault }: Pick<ReadableEntry, 'fault'>): void {
  if (fault !== null) throw new ArchiveError(fault);
}
