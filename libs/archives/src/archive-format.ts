/** What an archive may be: a zip, a tar, or a tar compressed with gzip. */
export const archiveFormats = ['zip', 'tar', 'tar.gz'] as const;
export type ArchiveFormat = (typeof archiveFormats)[number];

/** Bytes that {@link archiveFormatOf} looks at. */
export const archiveHeadBytes = 512;

/**
 * What kind of archive bytes are, whatever their name says; null if none.
 *
 * @param head the first {@link archiveHeadBytes} bytes, or all of a shorter input
 */
export function archiveFormatOf(head: Uint8Array): ArchiveFormat | null {
  const at = (start: number, length: number) => Buffer.from(head.subarray(start, start + length)).toString('latin1');
  // The second is an archive without a file.
  if (['PK\x03\x04', 'PK\x05\x06'].includes(at(0, 4))) return 'zip';
  if (at(0, 2) === '\x1f\x8b') return 'tar.gz';
  return at(257, 5) === 'ustar' ? 'tar' : null;
}
