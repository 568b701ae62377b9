import type { ArchiveLimits } from '#archives';

/**
 * What an archive of recordings may hold, far more than people pack. How large one may be, the API has said before it took
 * it; of its files each may be as large as an upload.
 */
export const batchArchiveLimits: ArchiveLimits = {
  maxArchiveBytes: Infinity,
  maxEntries: 100_000,
  maxBytes: 64 * 2 ** 30,
  maxRatio: 200,
};
