import type { Redis } from 'ioredis';
import { batchUploadPrefix, findBatch, type ObjectStore } from '#jobs';

/** Removes archives that no batch has still to be unpacked from: its request, or the worker that unpacked it, died halfway. */
export async function sweepBatchUploads(redis: Redis, store: ObjectStore, before: number): Promise<number> {
  const left: string[] = [];
  for await (const { key, modifiedAt } of store.list(batchUploadPrefix)) {
    if (modifiedAt.getTime() >= before) continue;
    const [, batchId = ''] = key.slice(batchUploadPrefix.length).split('/');
    const batch = await findBatch(redis, batchId);
    if (batch?.archive?.key !== key || batch.unpacking?.state !== 'running') left.push(key);
  }
  for (const key of left) await store.delete(key);
  return left.length;
}
