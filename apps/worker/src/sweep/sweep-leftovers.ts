import type { Redis } from 'ioredis';
import {
  findQueuedJob,
  inputKey,
  inputPrefix,
  isJobId,
  jobIdTime,
  readArchivedJob,
  resultPrefix,
  resultsOf,
  sweptKey,
  uploadPrefix,
  type JobRecord,
  type ObjectInfo,
  type ObjectStore,
} from '#jobs';
import { sweepBatchUploads } from './sweep-batch-uploads.js';
import { sweepDeleted } from './sweep-deleted.js';
import { sweepModelFiles, sweepModelUploads } from './sweep-models.js';

/** Sorts after every job id. */
const afterAll = '\uffff';

export interface SweepParts {
  redis: Redis;
  store: ObjectStore;
}

/**
 * Removes what crashes leave in the object store: inputs that no job names (the process died between storing and
 * adding), results that no job names (late or lost attempts), what is left of deleted jobs, archives and files of models,
 * and unfinished uploads.
 *
 * Looks at jobs in the order of their ids, and again at those that have not been over for `ageMs`: until then a late
 * attempt may still write. Safe to repeat and to run by many.
 *
 * @returns how many objects were removed
 */
export async function sweepLeftovers(parts: SweepParts, ageMs: number, now: number = Date.now()): Promise<number> {
  let removed = await parts.store.deleteUnfinished(new Date(now - ageMs));
  removed += await sweepUploads(parts.store, now - ageMs);
  removed += await sweepBatchUploads(parts.redis, parts.store, now - ageMs);
  removed += await sweepModelUploads(parts.redis, parts.store, now - ageMs);
  removed += await sweepModelFiles(parts.store, ageMs, now);
  removed += await sweepDeleted(parts.redis, parts.store, now - ageMs);
  for (const owner of await ownersIn(parts.store)) removed += await sweepOwner(parts, owner, now - ageMs);
  return removed;
}

/** Uploads have become inputs of their own, as copies, or are forgotten. */
async function sweepUploads(store: ObjectStore, before: number): Promise<number> {
  const old: string[] = [];
  for await (const { key, modifiedAt } of store.list(uploadPrefix)) if (modifiedAt.getTime() < before) old.push(key);
  for (const key of old) await store.delete(key);
  return old.length;
}

/** Owners with inputs or results, found by skipping from one owner's keys to the next. */
async function ownersIn(store: ObjectStore): Promise<Set<string>> {
  const owners = new Set<string>();
  for (const prefix of [inputPrefix, resultPrefix]) {
    for (let after: string | undefined; ;) {
      const key = await firstKey(store, prefix, after);
      if (key === null) break;
      const owner = key.slice(prefix.length).split('/')[0] as string;
      owners.add(owner);
      after = `${prefix}${owner}/${afterAll}`;
    }
  }
  return owners;
}

async function firstKey(store: ObjectStore, prefix: string, startAfter?: string): Promise<string | null> {
  for await (const { key } of store.list(prefix, { limit: 1, ...(startAfter && { startAfter }) })) return key;
  return null;
}

/** The mark moves on only over jobs that are settled; later ones are swept all the same, and looked at again. */
async function sweepOwner(parts: SweepParts, owner: string, before: number): Promise<number> {
  const after = (await parts.redis.hget(sweptKey, owner)) ?? '';
  let [removed, settled] = [0, true];
  for (const jobId of await jobsAfter(parts.store, owner, after, before)) {
    const queued = await findQueuedJob(parts.redis, owner, jobId);
    const record = queued === null ? await readArchivedJob(parts.store, owner, jobId) : null;
    if (queued !== null || (record !== null && !isOver(record, before))) {
      settled = false;
      continue;
    }
    const { left, young } = await findUnnamed(parts.store, owner, jobId, { record, before });
    for (const key of left) await parts.store.delete(key);
    removed += left.length;
    settled &&= !young;
    if (settled) await parts.redis.hset(sweptKey, owner, jobId);
  }
  return removed;
}

function isOver(record: JobRecord, before: number): boolean {
  return record.timings.finishedAt !== null && Date.parse(record.timings.finishedAt) < before;
}

/** Ids under which an owner has stored anything, in order, from `after` on and made before the given time. */
async function jobsAfter(store: ObjectStore, owner: string, after: string, before: number): Promise<string[]> {
  const ids = new Set<string>();
  for (const prefix of [`${inputPrefix}${owner}/`, `${resultPrefix}${owner}/`]) {
    for await (const { key } of store.list(prefix, { startAfter: `${prefix}${after}${after && afterAll}` })) {
      const id = key.slice(prefix.length).split('/')[0] as string;
      if (!isJobId(id)) continue;
      if (jobIdTime(id) >= before) break;
      ids.add(id);
    }
  }
  return [...ids].sort();
}

/**
 * What lies under the job's keys and is named by nothing. What was written after `before` is young: an upload may take
 * longer than the age of its job's id, and its job may be about to be added.
 */
async function findUnnamed(
  store: ObjectStore,
  owner: string,
  jobId: string,
  { record, before }: { record: JobRecord | null; before: number },
): Promise<{ left: string[]; young: boolean }> {
  const unnamed: ObjectInfo[] = [];
  const input = record === null ? await store.head(inputKey(owner, jobId)) : null;
  if (input !== null) unnamed.push(input);
  for await (const info of store.list(resultsOf(owner, jobId))) if (info.key !== record?.resultKey) unnamed.push(info);
  const old = unnamed.filter(({ modifiedAt }) => modifiedAt.getTime() < before);
  return { left: old.map(({ key }) => key), young: old.length < unnamed.length };
}
