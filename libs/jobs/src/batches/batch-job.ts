import { posix } from 'node:path';
import type { InferPayload } from '../payloads.js';
import { hasJob, isObtained, type BatchFile } from './batch-files.js';
import type { Batch } from './batch.js';

const urlOrigin = 'url:';

/** A job as `submitJob` takes it. */
export interface BatchJob {
  id: string;
  label: string;
  priority: number;
  payload: InferPayload;
}

/**
 * The job of a file, the same whenever it is made.
 *
 * @returns null for a file that has no job
 */
export function toBatchJob(batch: Batch, path: string, file: BatchFile): BatchJob | null {
  const { jobId, sha256, bytes, contentType, requestId, origin } = file;
  if (!hasJob(file)) return null;
  return {
    id: jobId,
    label: batch.label,
    priority: batch.priority,
    payload: {
      owner: batch.owner,
      model: batch.model,
      groupLimit: batch.groupLimit,
      input: { filename: posix.basename(path), contentType, bytes, sha256 },
      ...(isObtained(file) && {
        source: { url: origin?.startsWith(urlOrigin) ? origin.slice(urlOrigin.length) : null, kind: batch.kind },
      }),
      metadata: batch.metadata,
      timeoutMs: batch.timeoutMs,
      expiresAt: null,
      webhook: batch.webhook?.events?.some((event) => event.startsWith('job.')) ? batch.webhook : undefined,
      batch: { id: batch.id, path, reuse: batch.reuse },
      requestId,
    },
  };
}
