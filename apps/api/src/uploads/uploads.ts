import type { FastifyRequest } from 'fastify';
import {
  EarshotError,
  inputKey,
  inputTooLarge,
  isUploadId,
  nowhere,
  StagedUpload,
  uploadKey,
  type ObjectStore,
} from '#jobs';
import type { Health } from '../health/health.js';
import { toErrorFields } from '../logging/error-fields.js';
import { UploadWatch } from './upload-watch.js';

/** What a form may weigh besides its file. */
const formOverheadBytes = 2 ** 20;

export interface UploadLimits {
  maxUploadBytes: number;
  uploadIdleMs: number;
}

/** One upload while it is received. */
export interface Upload {
  readonly staged: Pick<StagedUpload, 'receive'>;
  readonly maxBytes: number;
  /** Aborted, with what the caller is told, when it cannot go on. */
  readonly signal: AbortSignal;
}

/** Receives what requests bring, of any size, straight into the store. */
export class Uploads {
  constructor(
    private readonly store: ObjectStore,
    private readonly health: Health,
    private readonly limits: UploadLimits,
  ) {}

  /**
   * Refuses what is known to fail, then has `take` receive the body; what was stored under the key is removed if that fails.
   *
   * @param key null: the bytes are only measured
   * @param maxBytes of the body, besides what belongs to a form
   * @throws EarshotError what `take` throws, or why the body did not come
   */
  async receive<T>(
    request: FastifyRequest,
    key: string | null,
    take: (upload: Upload) => Promise<T>,
    maxBytes: number = this.limits.maxUploadBytes,
  ): Promise<T> {
    this.requireUp();
    requireFitting(request, maxBytes);
    const staged = key === null ? new StagedUpload(nowhere, '') : new StagedUpload(this.store, key);
    const watch = new UploadWatch(request.raw, {
      idleMs: this.limits.uploadIdleMs,
      requireStore: () => this.health.requireStore(),
    });
    try {
      return await take({ staged, maxBytes, signal: watch.signal });
    } catch (error) {
      // In the background: a store that hangs must not keep the caller waiting.
      staged.discard().catch((failed) => request.log.warn({ key, ...toErrorFields(failed) }, 'upload not removed'));
      throw error;
    } finally {
      watch.stop();
    }
  }

  /** Of one upload. */
  get maxBytes(): number {
    return this.limits.maxUploadBytes;
  }

  /** @throws EarshotError when nothing could be accepted now */
  requireUp(): void {
    this.health.requireUp();
  }

  /** Whether there is an object under the key. */
  async has(key: string): Promise<boolean> {
    return (await this.store.head(key)) !== null;
  }

  /**
   * Makes what an owner has uploaded the input of a job: no address leads to it any more.
   *
   * @returns its bytes
   * @throws EarshotError `upload_not_found`, `empty_input` or `input_too_large`
   */
  async adopt(owner: string, uploadId: string, jobId: string): Promise<number> {
    const bytes = await this.requireUpload(owner, uploadId);
    try {
      await this.store.copy(uploadKey(owner, uploadId), inputKey(owner, jobId));
    } catch (error) {
      throw error instanceof Error && error.name === 'ObjectMissingError' ? uploadNotFound() : error;
    }
    return bytes;
  }

  /**
   * What an owner has uploaded, as long as it can be an input.
   *
   * @returns its bytes
   * @throws EarshotError `upload_not_found`, `empty_input` or `input_too_large`
   */
  async requireUpload(owner: string, uploadId: string): Promise<number> {
    const info = isUploadId(uploadId) ? await this.store.head(uploadKey(owner, uploadId)) : null;
    if (info === null) throw uploadNotFound();
    if (info.bytes === 0) throw new EarshotError('empty_input', 'The upload has no bytes; upload the file itself.');
    if (info.bytes > this.maxBytes) throw inputTooLarge(this.maxBytes);
    return info.bytes;
  }

  /** Removes what was stored under the key, in the background; what stays is swept, as no job names it. */
  discard(request: FastifyRequest, key: string): void {
    this.store.delete(key).catch((failed) => request.log.warn({ key, ...toErrorFields(failed) }, 'upload not removed'));
  }
}

function requireFitting(request: FastifyRequest, maxBytes: number): void {
  const most = maxBytes + (request.isMultipart() ? formOverheadBytes : 0);
  if (Number(request.headers['content-length'] ?? 0) > most) throw inputTooLarge(maxBytes);
}

function uploadNotFound(): EarshotError {
  return new EarshotError('upload_not_found', 'Nothing was uploaded under this id, or too long ago: upload it again.');
}
