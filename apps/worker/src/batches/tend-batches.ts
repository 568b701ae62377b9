import type { Redis } from 'ioredis';
import {
  cancelFiles,
  endFile,
  findBatch,
  readFiles,
  settleFile,
  retryJob,
  submitJob,
  toBatchJob,
  unfinishedBatchesKey,
  unsurePaths,
  type Batch,
  type BatchEntry,
  type ObjectStore,
} from '#jobs';

/** How long whoever takes a file may need to add its job; after that, somebody else does. */
const unsureMs = 30_000;
const pageSize = 200;

export interface TendParts {
  redis: Redis;
  store: ObjectStore;
}

/** Puts a batch that is over into the archive, and tells of it. */
export type FinishBatch = (batch: Batch) => Promise<void>;

/**
 * Does for the batches that are not over what a process that died may have left undone: adds the jobs of files that have
 * none, ends those of canceled batches, and puts a batch that is over into the archive. Safe to repeat and to run by
 * several at once.
 */
export async function tendBatches(
  { redis, store }: TendParts,
  finish: FinishBatch,
  now: number = Date.now(),
): Promise<void> {
  for (const id of await redis.smembers(unfinishedBatchesKey)) {
    const batch = await findBatch(redis, id);
    if (batch === null) await redis.srem(unfinishedBatchesKey, id);
    else if (batch.finishedAt !== null) await finish(batch);
    else await tend({ redis, store }, batch, now - unsureMs);
  }
}

async function tend(parts: TendParts, batch: Batch, before: number): Promise<void> {
  const { redis } = parts;
  for (;;) {
    const paths = await unsurePaths(redis, batch.id, before, pageSize);
    for (const entry of await readFiles(redis, batch.id, paths)) await settle(parts, batch, entry);
    if (paths.length < pageSize) break;
  }
  if (batch.canceledAt !== null) await cancelFiles(redis, batch);
}

/** The job has not been added, or whoever added it did not come to say so; adding it twice leaves one. */
async function settle(parts: TendParts, batch: Batch, entry: BatchEntry): Promise<void> {
  const { redis } = parts;
  const { path, jobId, again } = entry;
  const job = toBatchJob(batch, path, entry);
  const at = Date.now();
  if (batch.canceledAt !== null) await endFile(redis, batch.id, path, { status: 'canceled', at });
  else if (job === null) await endFile(redis, batch.id, path, { status: 'failed', at, error: notTaken });
  else if (again) await retryJob(parts, batch.owner, jobId);
  else await submitJob(redis, job);
  await settleFile(redis, batch.id, path);
}

const notTaken = { code: 'input_type_mismatch', detail: 'The model does not take these bytes.' };
