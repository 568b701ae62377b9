/** An archive that is not taken: damaged, too large, or with what is not supported. Permanent. */
export class ArchiveError extends Error {
  override readonly name: string = 'ArchiveError';
}

/** One entry of an archive is damaged; the others can be read. */
export class EntryError extends ArchiveError {
  override readonly name = 'EntryError';
}

/** @param message names what is at fault, and what to do */
export function refusal(message: string, cause?: unknown): ArchiveError {
  return new ArchiveError(message, { cause });
}
