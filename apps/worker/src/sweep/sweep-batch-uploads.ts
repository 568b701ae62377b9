import type { Redis } from 'ioredis';
import { batchUploadPrefix, endUnpacking, findBatch, type ObjectStore } from '#jobs';

/** Removes archives that no batch has still to be unpacked from: its request, or the worker that unpacked it, died halfway, or the batch is canceled. */
export async function sweepBatchUploads(redis: Redis, store: ObjectStore, before: number): Promise<number> {
  const left: string[] = [];
  for await (const { key, modifiedAt } of store.list(batchUploadPrefix)) {
    if (modifiedAt.getTime() >= before) continue;
    const [, batchId = ''] = key.slice(batchUploadPrefix.length).split('/');
    const batch = await findBatch(redis, batchId);
    const isOther = batch?.archive?.key !== key || batch.unpacking?.state !== 'running';
    // A batch that was canceled before anybody was told to unpack it is over, and has nobody to say that it is not unpacked.
    if (batch?.canceledAt) await endUnpacking(redis, batchId, { state: 'canceled', error: null, closes: false });
    if (isOther || batch.canceledAt !== null) left.push(key);
  }
  for (const key of left) await store.delete(key);
  return left.length;
}
