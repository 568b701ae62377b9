import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import {
  EarshotError,
  inputKey,
  judgeInput,
  newJobId,
  readFiles,
  refuseFile,
  requireRoom,
  takeFile,
  type AddOutcome,
  type Batch,
  type BatchFile,
  type EndOfFile,
  type FileError,
  type MeasuredInput,
  type QuotaLimits,
} from '#jobs';
import { receiveForm } from '../jobs/receive-form.js';
import type { Field } from '../jobs/submit-job.request.js';
import { isJson } from '../jobs/submission.js';
import { invalidPart } from '../problems/invalid-request.js';
import type { Uploads } from '../uploads/uploads.js';
import { originOf, type BatchItem } from './batch-item.js';

export interface BatchIntakeParts {
  redis: Redis;
  uploads: Uploads;
  /** Of each owner; files that come at the same time may exceed it together. */
  quotas: QuotaLimits;
}

/** What a path of a batch has, and whether it has come with this request. */
export interface TakenFile {
  file: BatchFile;
  added: boolean;
  /** Why the model does not take the bytes; the file has failed with it. */
  error: EndOfFile['error'];
}

/** A file whose bytes are stored under a job's id, or why they are not. */
export type StagedFile = { path: string; jobId: string } & (
  { input: MeasuredInput } | { input: null; error: FileError }
);

/** Items taken at the same time. */
const atOnce = 16;

/**
 * Takes files into batches. Their bytes are stored under the ids of their jobs before a path is given away: so they are
 * there whoever adds the job, be it a worker after this process died. What was stored for a file that is not taken is removed.
 */
export class BatchIntake {
  constructor(private readonly parts: BatchIntakeParts) {}

  /**
   * Takes a file that is the body of a request, or the part `file` of a form.
   *
   * @param path as `toBatchPath` gives it
   * @throws EarshotError `batch_closed`, `batch_file_differs`, `batch_not_found`, a quota's, or why the bytes did not come
   */
  async accept(request: FastifyRequest, batch: Batch, path: string): Promise<TakenFile> {
    if (isJson(request)) throw new EarshotError('invalid_request', noNames);
    // A repeat of what is there already is welcome for as long as the batch is known.
    const isOver = batch.closedAt !== null || batch.canceledAt !== null;
    if (isOver && (await readFiles(this.parts.redis, batch.id, [path])).length === 0) throw isClosed();
    await requireRoom(this.parts.redis, batch.owner, Number(request.headers['content-length'] ?? 0), this.parts.quotas);
    const jobId = newJobId();
    const input = await this.parts.uploads.receive(request, inputKey(batch.owner, jobId), async (upload) =>
      request.isMultipart()
        ? (await receiveForm(request, upload, refuseField)).input
        : upload.staged.receive(request.raw, upload),
    );
    const { outcome, file, error } = await this.takeBytes(request, batch, { path, jobId, input });
    if (outcome === 'missing') throw new EarshotError('batch_not_found', 'There is no such batch any more.');
    if (outcome === 'closed' || file === null) throw isClosed();
    if (outcome === 'other') throw differs(path);
    return { file, added: outcome === 'added', error };
  }

  /**
   * Takes files of which one that is refused does not stop the others: it has failed, under its path. Safe to repeat.
   *
   * @returns how many are not in the batch, as it takes none any more
   */
  async takeStaged(request: FastifyRequest, batch: Batch, files: readonly StagedFile[]): Promise<number> {
    const outcomes: AddOutcome[] = [];
    for (const [i, file] of files.entries()) {
      const { path, input } = file;
      const refuse = (error: FileError) =>
        refuseFile(this.parts.redis, batch, { path, place: i + 1, error, requestId: request.id });
      const outcome = input
        ? (await this.takeBytes(request, batch, { ...file, input })).outcome
        : await refuse(file.error);
      const isOther = input !== null && outcome === 'other';
      outcomes.push(isOther ? await refuse({ code: 'batch_file_differs', detail: differs(path).message }) : outcome);
    }
    return outcomes.filter(isLeftOut).length;
  }

  /** Takes files that a worker is to get. Safe to repeat. @returns how many are not in the batch, as it takes none any more */
  async takeItems(request: FastifyRequest, batch: Batch, items: readonly BatchItem[]): Promise<number> {
    const there = await readFiles(
      this.parts.redis,
      batch.id,
      items.map(({ path }) => path),
    );
    const known = new Set(there.map(({ path }) => path));
    const missing = items.filter(({ path }) => !known.has(path)).values();
    const outcomes: AddOutcome[] = [];
    const takeNext = async (): Promise<void> => {
      for (const item of missing) outcomes.push(await this.takeItem(request, batch, item));
    };
    await Promise.all(Array.from({ length: atOnce }, takeNext));
    return outcomes.filter(isLeftOut).length;
  }

  private async takeItem(request: FastifyRequest, batch: Batch, item: BatchItem): Promise<AddOutcome> {
    const { redis, uploads } = this.parts;
    const jobId = newJobId();
    const file = { jobId, sha256: null, bytes: null, contentType: null, requestId: request.id, origin: originOf(item) };
    const { bytes, error } = await this.adopt(batch.owner, item, jobId);
    const refusal = error && { origin: 'refused', error: toFileError(error) };
    const { outcome } = await takeFile(redis, batch, item.path, { ...file, bytes, ...refusal });
    if (outcome !== 'added' && bytes !== null) uploads.discard(request, inputKey(batch.owner, jobId));
    return outcome;
  }

  /** An upload was good a moment ago, and may have been removed or replaced since; what a worker gets has no bytes yet. */
  private async adopt(
    owner: string,
    { upload }: BatchItem,
    jobId: string,
  ): Promise<{ bytes: number | null; error?: EarshotError }> {
    try {
      return { bytes: upload === undefined ? null : await this.parts.uploads.adopt(owner, upload, jobId) };
    } catch (error) {
      if (!(error instanceof EarshotError) || error.code === 'store_unavailable') throw error;
      return { bytes: null, error };
    }
  }

  private async takeBytes(
    request: FastifyRequest,
    batch: Batch,
    { path, jobId, input }: { path: string; jobId: string; input: MeasuredInput },
  ) {
    const { contentType, error } = judgeInput(input, batch.kind);
    const { sha256, bytes } = input;
    const file = { jobId, sha256, bytes, contentType, requestId: request.id, ...(error && { error }) };
    const taken = await takeFile(this.parts.redis, batch, path, file);
    if (taken.outcome !== 'added' || contentType === null)
      this.parts.uploads.discard(request, inputKey(batch.owner, jobId));
    return { ...taken, error };
  }
}

const noNames =
  'The body must be the bytes of the file, or a form with them as its part file; files that a worker is to get are items of POST /batches.';

function refuseField([name]: Field): Promise<never> {
  throw invalidPart(name, 'is unknown here: the path is in the query, all else is the batch’s', 'field');
}

function isLeftOut(outcome: AddOutcome): boolean {
  return outcome === 'closed' || outcome === 'missing';
}

function toFileError({ code, message }: EarshotError): FileError {
  return { code, detail: message };
}

function differs(path: string): EarshotError {
  const detail = `${path} is in the batch with other bytes; send these as another file.`;
  return new EarshotError('batch_file_differs', detail);
}

function isClosed(): EarshotError {
  return new EarshotError('batch_closed', 'The batch takes no more files; open another.');
}
