import type { Redis } from 'ioredis';
import { endFile, fileEnds, findBatch, type EndOfFile, type FileEnd, type JobRecord } from '#jobs';
import type { Announcement } from '../notify/archive-finished.js';
import type { FinishBatch } from './tend-batches.js';

/**
 * Tells batches which of their files have ended, and how.
 *
 * @param finish is told of a batch that is over with it; should that not happen, whoever tends the batches comes to it
 */
export function countFile(redis: Redis, finish: FinishBatch): Announcement {
  return async ({ record, payload: { batch } }) => {
    if (!batch) return;
    const isOver = await endFile(redis, batch.id, batch.path, toEndOfFile(record));
    const over = isOver && (await findBatch(redis, batch.id));
    if (over) await finish(over);
  };
}

function toEndOfFile({ status, result, error, timings, input }: JobRecord): EndOfFile {
  const at = timings.finishedAt;
  if (!isEnd(status) || at === null) throw new Error(`a job that is ${status} has not ended`);
  return {
    status,
    at: Date.parse(at),
    ...(result && { label: result.label, score: result.score }),
    ...(error && { error: { code: error.code, detail: error.detail } }),
    // The batch has them of a file that was sent, and not of one that a worker had to get.
    ...{ sha256: input.sha256, bytes: input.bytes },
  };
}

function isEnd(status: JobRecord['status']): status is FileEnd {
  return (fileEnds as readonly string[]).includes(status);
}
