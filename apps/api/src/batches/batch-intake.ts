import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import {
  addFile,
  EarshotError,
  endFile,
  inputKey,
  newJobId,
  requireInputType,
  requireRoom,
  settleFile,
  submitJob,
  toBatchJob,
  type Batch,
  type BatchFile,
  type EndOfFile,
  type MeasuredInput,
  type ObjectStore,
  type QuotaLimits,
} from '#jobs';
import { toErrorFields } from '../logging/error-fields.js';
import type { Uploads } from '../uploads/uploads.js';

export interface BatchIntakeParts {
  redis: Redis;
  store: ObjectStore;
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

/**
 * Takes files into batches:
 *
 * ```
 * stage the bytes -> give the path its file -> add the job -> say that it is added
 *   `-- on failure,      `-- known, or with other bytes: remove the bytes
 *       remove the bytes
 * ```
 * A process that dies after the second step leaves a path that is unsure, whose job the workers add. The bytes are those
 * of the job whose id the file has, so that they are there whoever adds it.
 */
export class BatchIntake {
  constructor(private readonly parts: BatchIntakeParts) {}

  /**
   * @param path as `toBatchPath` gives it
   * @throws EarshotError `batch_closed`, `batch_file_differs`, `batch_not_found`, a quota's, or why the bytes did not come
   */
  async accept(request: FastifyRequest, batch: Batch, path: string): Promise<TakenFile> {
    if (batch.closedAt !== null || batch.canceledAt !== null) throw isClosed();
    await requireRoom(this.parts.redis, batch.owner, Number(request.headers['content-length'] ?? 0), this.parts.quotas);
    const jobId = newJobId();
    const key = inputKey(batch.owner, jobId);
    const input = await this.parts.uploads.receive(request, key, (upload) =>
      upload.staged.receive(request.raw, upload),
    );
    const { contentType, error } = typeOf(input, batch);
    const { sha256, bytes } = input;
    const sent = { jobId, sha256, bytes, contentType, requestId: request.id };
    const { outcome, file } = await addFile(this.parts.redis, batch.id, path, sent);
    if (outcome !== 'added' || contentType === null) this.discard(request, key);
    if (outcome === 'missing') throw new EarshotError('batch_not_found', 'There is no such batch any more.');
    if (outcome === 'closed' || file === null) throw isClosed();
    if (outcome === 'other')
      throw new EarshotError(
        'batch_file_differs',
        `${path} is in the batch with other bytes; send these as another file.`,
      );
    if (outcome === 'added') await this.begin(batch, path, sent, error);
    return { file, added: outcome === 'added', error };
  }

  private async begin(batch: Batch, path: string, file: BatchFile, error: EndOfFile['error']): Promise<void> {
    const { redis } = this.parts;
    const job = toBatchJob(batch, path, file);
    if (job === null) await endFile(redis, batch.id, path, { status: 'failed', at: Date.now(), error });
    else {
      await submitJob(redis, job);
      await settleFile(redis, batch.id, path);
    }
  }

  /** In the background; what stays is swept, as no job names it. */
  private discard(request: FastifyRequest, key: string): void {
    this.parts.store
      .delete(key)
      .catch((failed: unknown) => request.log.warn({ key, ...toErrorFields(failed) }, 'upload not removed'));
  }
}

/** One bad file never fails its batch: it is one of its files, and has failed. */
function typeOf(input: MeasuredInput, { kind }: Batch): { contentType: string | null; error: EndOfFile['error'] } {
  try {
    return { contentType: requireInputType(input, kind), error: null };
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    return { contentType: null, error: { code: error.code, detail: error.message } };
  }
}

function isClosed(): EarshotError {
  return new EarshotError('batch_closed', 'The batch takes no more files; open another.');
}
