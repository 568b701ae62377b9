import type { Redis } from 'ioredis';
import { modelChangeKey, modelUploadPrefix, type ObjectStore } from '#jobs';
import { contentPrefix, readModelRecord } from '#models/catalog';

/** Registering takes minutes at most: what it has stored is not swept before, whatever the age of leftovers. */
const leastAgeMs = 600_000;

/** Removes files of versions that no record names: their registration, or their removal, died halfway. */
export async function sweepModelFiles(store: ObjectStore, ageMs: number, now: number): Promise<number> {
  const before = now - Math.max(ageMs, leastAgeMs);
  const left: string[] = [];
  let version: { folder: string; named: string | null } = { folder: '', named: null };
  for await (const { key, modifiedAt } of store.list('models/')) {
    const [, folder, name = '', number = ''] = /^(models\/([^/]+)\/versions\/([^/]+)\/)[0-9a-f]{64}\//.exec(key) ?? [];
    if (folder === undefined || modifiedAt.getTime() >= before) continue;
    // Read after the file was seen to be old, so that it names the file if anything ever will.
    if (folder !== version.folder) version = { folder, named: await namedBelow(store, folder, name, number) };
    if (version.named === null || !key.startsWith(version.named)) left.push(key);
  }
  for (const key of left) await store.delete(key);
  return left.length;
}

/** Removes archives whose registration has ended, or was never asked for. */
export async function sweepModelUploads(redis: Redis, store: ObjectStore, before: number): Promise<number> {
  const left: string[] = [];
  for await (const { key, modifiedAt } of store.list(modelUploadPrefix)) {
    if (modifiedAt.getTime() >= before) continue;
    const [asked, ended] = await redis.hmget(
      modelChangeKey(key.slice(modelUploadPrefix.length)),
      'timestamp',
      'finishedOn',
    );
    if (!asked || ended) left.push(key);
  }
  for (const key of left) await store.delete(key);
  return left.length;
}

/** What the files begin with that are the version's; null when there is none, its folder where a damaged record does not tell. */
async function namedBelow(store: ObjectStore, folder: string, name: string, version: string): Promise<string | null> {
  try {
    const record = await readModelRecord(store, name, version);
    return record ? contentPrefix(record) : null;
  } catch (error) {
    if (error instanceof Error && error.name === 'ModelError') return folder;
    throw error;
  }
}
