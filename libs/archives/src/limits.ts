import { refusal } from './archive-error.js';

/** How much an archive may hold. What is above is refused before anything of it is unpacked or written. */
export interface ArchiveLimits {
  /** Bytes of the archive itself. */
  maxArchiveBytes: number;
  /** Files and folders in it. */
  maxEntries: number;
  /** Bytes of all its files, unpacked. */
  maxBytes: number;
  /** Unpacked bytes for each byte of the archive; asked of archives that unpack to over 16 MiB. */
  maxRatio: number;
}

/** Small archives may be of any ratio: a file of a million equal characters harms nobody. */
const ratioCountsFrom = 16 * 2 ** 20;

/** @throws ArchiveError if an archive of so many bytes is too large */
export function requireArchiveBytes(bytes: number, limits: ArchiveLimits): void {
  if (bytes > limits.maxArchiveBytes)
    throw refusal(`the archive has ${bytes} bytes; at most ${limits.maxArchiveBytes} are taken`);
}

/** @throws ArchiveError if an archive has more entries than may be */
export function requireEntryCount(entries: number, limits: ArchiveLimits): void {
  if (entries > limits.maxEntries)
    throw refusal(
      `the archive has more than ${limits.maxEntries} entries, which is the most that is taken; leave some out`,
    );
}

/**
 * @param unpacked bytes of its files, claimed or counted so far
 * @throws ArchiveError if an archive of `packed` bytes may not unpack to so many
 */
export function requireUnpackedBytes(unpacked: number, packed: number, limits: ArchiveLimits): void {
  if (unpacked > limits.maxBytes)
    throw refusal(`the archive unpacks to more than ${limits.maxBytes} bytes, which is the most that is taken`);
  if (unpacked > ratioCountsFrom && unpacked > packed * limits.maxRatio)
    throw refusal(
      `the archive unpacks to more than ${limits.maxRatio} times its ${packed} bytes, as hardly any files do; pack it without compression if it is meant`,
    );
}
