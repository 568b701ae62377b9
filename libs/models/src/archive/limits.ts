import { refusal } from '../errors.js';

/** How much an archive may hold. What is above is refused before anything of it is unpacked or written. */
export interface ArchiveLimits {
  /** Bytes of the archive itself. Default 1 GiB. */
  maxArchiveBytes: number;
  /** Files and folders in it. Default 1,000. */
  maxEntries: number;
  /** Bytes of all its files, unpacked. Default 1 GiB. */
  maxBytes: number;
  /** Unpacked bytes for each byte of the archive; asked of archives that unpack to over 16 MiB. Default 200. */
  maxRatio: number;
}

export const defaultArchiveLimits: ArchiveLimits = {
  maxArchiveBytes: 2 ** 30,
  maxEntries: 1000,
  maxBytes: 2 ** 30,
  maxRatio: 200,
};

/** Small archives may be of any ratio: a card in a hundred lines of one character harms nobody. */
const ratioCountsFrom = 16 * 2 ** 20;

/** @throws ModelError if an archive of so many bytes is too large */
export function requireArchiveBytes(bytes: number, limits: ArchiveLimits): void {
  if (bytes > limits.maxArchiveBytes)
    throw refusal(`the archive has ${bytes} bytes; at most ${limits.maxArchiveBytes} are taken`);
}

/** @throws ModelError if an archive has more entries than may be */
export function requireEntryCount(entries: number, limits: ArchiveLimits): void {
  if (entries > limits.maxEntries)
    throw refusal(
      `the archive has more than ${limits.maxEntries} entries; pack only the card and the files it refers to`,
    );
}

/**
 * @param unpacked bytes of its files, claimed or counted so far
 * @throws ModelError if an archive of `packed` bytes may not unpack to so many
 */
export function requireUnpackedBytes(unpacked: number, packed: number, limits: ArchiveLimits): void {
  if (unpacked > limits.maxBytes)
    throw refusal(`the archive unpacks to more than ${limits.maxBytes} bytes, which is the most that is taken`);
  if (unpacked > ratioCountsFrom && unpacked > packed * limits.maxRatio)
    throw refusal(
      `the archive unpacks to more than ${limits.maxRatio} times its ${packed} bytes, as no weights do; pack it without compression if it is meant`,
    );
}
