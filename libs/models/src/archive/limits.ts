import type { ArchiveLimits } from '#archives';

/** How much the archive of a bundle may hold. What is above is refused before anything of it is unpacked or written. */
export const defaultArchiveLimits: ArchiveLimits = {
  maxArchiveBytes: 2 ** 30,
  maxEntries: 1000,
  maxBytes: 2 ** 30,
  maxRatio: 200,
};
