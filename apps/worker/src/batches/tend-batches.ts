import type { Redis } from 'ioredis';
import {
  cancelFiles,
  closeIdleBatch,
  endFile,
  endUnpacking,
  findBatch,
  readFiles,
  settleFile,
  retryJob,
  submitJob,
  submitUnpacking,
  toBatchJob,
  unfinishedBatchesKey,
  unpackJobId,
  unsurePaths,
  type Batch,
  type BatchEntry,
  type BatchesQueue,
  type ObjectStore,
} from '#jobs';

/** How long whoever takes a file may need to add its job; after that, somebody else does. */
const unsureMs = 30_000;
const pageSize = 200;

export interface TendParts {
  redis: Redis;
  store: ObjectStore;
  /** Of the archives that are to be unpacked. */
  queue: BatchesQueue;
}

/** Puts a batch that is over into the archive, and tells of it. */
export type FinishBatch = (batch: Batch) => Promise<void>;

/**
 * Does for the batches that are not over what a process that died may have left undone: adds the jobs of files that have
 * none, ends those of canceled batches, has archives unpacked, closes batches to which no file comes any more, and puts a
 * batch that is over into the archive. Safe to repeat and to run by several at once.
 */
export async function tendBatches(
  { redis, store, queue }: TendParts,
  finish: FinishBatch,
  now: number = Date.now(),
): Promise<void> {
  for (const id of await redis.smembers(unfinishedBatchesKey)) {
    const batch = await findBatch(redis, id);
    if (batch === null) await redis.srem(unfinishedBatchesKey, id);
    else if (batch.finishedAt !== null) await finish(batch);
    else {
      await tend({ redis, store }, batch, now - unsureMs);
      if (batch.unpacking?.state === 'running') await tendUnpacking(redis, queue, batch);
      await closeIdleBatch(redis, batch, now);
    }
  }
}

async function tend(parts: Omit<TendParts, 'queue'>, batch: Batch, before: number): Promise<void> {
  const { redis } = parts;
  for (;;) {
    const paths = await unsurePaths(redis, batch.id, before, pageSize);
    for (const entry of await readFiles(redis, batch.id, paths)) await settle(parts, batch, entry);
    if (paths.length < pageSize) break;
  }
  if (batch.canceledAt !== null) await cancelFiles(redis, batch);
}

/** An archive that nobody unpacks: its job was not added, or has ended the workers that took it. */
async function tendUnpacking(redis: Redis, queue: BatchesQueue, { id, archive }: Batch): Promise<void> {
  const job = await queue.getJob(unpackJobId(id));
  if (job?.finishedOn === undefined) return submitUnpacking(queue, id);
  const error = { code: 'archive_refused', detail: notUnpacked };
  await endUnpacking(redis, id, { state: 'refused', error, closes: archive?.closes ?? true });
  await job.remove();
}

/** Why exactly is for the logs of the workers: it may name hosts and paths. */
const notUnpacked =
  'The service could not unpack the archive, however often it tried. Open another batch with it; should that fail as well, pack it anew, or tell whoever runs the service the id of this batch.';

/** The job has not been added, or whoever added it did not come to say so; adding it twice leaves one. */
async function settle(parts: Omit<TendParts, 'queue'>, batch: Batch, entry: BatchEntry): Promise<void> {
  const { redis } = parts;
  const { path, jobId, again } = entry;
  const job = toBatchJob(batch, path, entry);
  const at = Date.now();
  if (batch.canceledAt !== null) await endFile(redis, batch.id, path, { status: 'canceled', at });
  else if (job === null) await endFile(redis, batch.id, path, { status: 'failed', at, error: entry.error ?? notTaken });
  else if (again) await retryJob(parts, batch.owner, jobId);
  else await submitJob(redis, job);
  await settleFile(redis, batch.id, path);
}

const notTaken = { code: 'input_type_mismatch', detail: 'The model does not take these bytes.' };
