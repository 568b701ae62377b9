import type { Redis } from 'ioredis';
import type { InputKind } from '../content-type.js';
import { EarshotError } from '../errors.js';
import { newJobId } from '../ids.js';
import type { MeasuredInput } from '../inputs/input-meter.js';
import { requireInputType } from '../inputs/require-input-type.js';
import { submitJob } from '../submit-job.js';
import { addFile, settleFile, type AddOutcome, type BatchFile } from './batch-files.js';
import { toBatchJob } from './batch-job.js';
import type { Batch } from './batch.js';
import { endFile } from './file-ends.js';
import type { FileError } from './file-error.js';

/**
 * Takes a file into a batch, once, and adds its job; one that has none has failed:
 *
 * ```
 * give the path its file -> add the job -> say that it is added
 * ```
 * A process that dies after the first step leaves a path that is unsure, whose job the workers add. The bytes, where there
 * are any, must be stored before, under the id of the job: so they are there whoever adds it.
 *
 * @param options `unpacks`: it is of the batch's archive
 * @returns with the outcome the file that the path has now; unless it was `added`, the bytes are nobody's
 */
export async function takeFile(
  redis: Redis,
  batch: Batch,
  path: string,
  file: BatchFile,
  options: { unpacks?: boolean } = {},
): Promise<{ outcome: AddOutcome; file: BatchFile | null }> {
  const taken = await addFile(redis, batch.id, path, file, options);
  if (taken.outcome !== 'added') return taken;
  const job = toBatchJob(batch, path, file);
  if (job === null) await endFile(redis, batch.id, path, { status: 'failed', at: Date.now(), error: file.error });
  else {
    await submitJob(redis, job);
    await settleFile(redis, batch.id, path);
  }
  return taken;
}

/** A file that cannot be taken, and why. */
export interface RefusedFile {
  path: string;
  /** Among what came with it, the same each time: so of two files of one path each has its own line, and has it once. */
  place: number;
  error: FileError;
  requestId: string;
}

/**
 * Has a file that cannot be taken be one of the batch that has failed, under its path, or, where another file has that,
 * with its place behind it, as often as it takes. Safe to repeat.
 */
export async function refuseFile(
  redis: Redis,
  batch: Batch,
  { path, place, error, requestId }: RefusedFile,
  options: { unpacks?: boolean } = {},
): Promise<AddOutcome> {
  const file: BatchFile = {
    ...{ jobId: newJobId(), sha256: null, bytes: null, contentType: null, requestId },
    ...{ origin: `refused:${place}`, error },
  };
  for (let own = path; ; own += ` (${place})`) {
    const { outcome } = await takeFile(redis, batch, own, file, options);
    if (outcome !== 'other') return outcome;
  }
}

/** What bytes are to a batch: one bad file never fails it, but is one of its files, and has failed. */
export function judgeInput(
  input: MeasuredInput,
  kind: InputKind,
): { contentType: string | null; error: FileError | null } {
  try {
    return { contentType: requireInputType(input, kind), error: null };
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    return { contentType: null, error: { code: error.code, detail: error.message } };
  }
}
