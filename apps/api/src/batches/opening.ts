import type { ArchiveFormat } from '#archives';
import { EarshotError, type ObjectStore } from '#jobs';
import { fingerprintOf } from '../idempotency/idempotency-key.js';
import type { Uploads } from '../uploads/uploads.js';
import type { StagedFile } from './batch-intake.js';
import type { OpenBatchRequest } from './open-batch.request.js';

export interface ReceivingParts {
  store: ObjectStore;
  uploads: Uploads;
  /** Of an archive, and of a form with all its files. */
  maxArchiveBytes: number;
  /** The default of a file's `timeout`, and the most it may be. */
  mostTimeoutSeconds: number;
}

/** An archive that was received. */
export interface StagedArchive {
  /** Where it lies, if it was to be kept. */
  key: string;
  format: ArchiveFormat;
  bytes: number;
  sha256: string;
}

/** All that a request opens a batch with. What is staged is whoever's who received it, until the batch is told of it. */
export interface Opening {
  asked: OpenBatchRequest;
  archive: StagedArchive | null;
  files: StagedFile[];
}

/** The same for the same opening, in whatever order a form's parts came. */
export function printOf({ asked, archive, files }: Opening): string {
  return fingerprintOf([
    ...Object.entries(asked).map(([name, value]) => [name, JSON.stringify(value)] as const),
    ...(archive ? [['archive', archive.sha256] as const] : []),
    ...files.map(({ path, input }) => [`file ${path}`, input?.sha256 ?? null] as const),
  ]);
}

/** For what an archive is measured by. */
export function orArchiveTooLarge(maxBytes: number): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof EarshotError) || error.code !== 'input_too_large') throw error;
    const detail = `An archive, or a form, may have ${maxBytes} bytes at most (EARSHOT_MAX_ARCHIVE_BYTES).`;
    throw new EarshotError('input_too_large', detail);
  };
}

/** What is called an archive, and is none. */
export function noArchive(): EarshotError {
  const detail =
    'By its first bytes it is neither a zip nor a tar nor a tar.gz archive; pack the folder as one of these.';
  return new EarshotError('archive_refused', detail);
}
