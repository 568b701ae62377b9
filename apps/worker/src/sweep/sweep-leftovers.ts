import type { Redis } from 'ioredis';
import {
  findQueuedJob,
  inputKey,
  inputPrefix,
  isJobId,
  jobIdTime,
  readArchivedJob,
  redisKey,
  resultPrefix,
  resultsOf,
  type JobRecord,
  type ObjectStore,
} from '#jobs';

/** How far each owner's jobs have been swept: field `<owner>`, value the last job id (a hash). Lost, it starts anew. */
const sweptKey = redisKey('swept');
/** Sorts after every job id. */
const afterAll = '\uffff';

export interface SweepParts {
  redis: Redis;
  store: ObjectStore;
}

/**
 * Removes what crashes leave in the object store: inputs that no job names (the process died between storing and
 * adding), results that no job names (late or lost attempts), and unfinished uploads.
 *
 * Looks at each job once, in the order of their ids, and no further than the first that has not been over for
 * `ageMs`: until then a late attempt may still write. Safe to repeat and to run by many.
 *
 * @returns how many objects were removed
 */
export async function sweepLeftovers(parts: SweepParts, ageMs: number, now: number = Date.now()): Promise<number> {
  let removed = await parts.store.deleteUnfinished(new Date(now - ageMs));
  for (const owner of await ownersIn(parts.store)) removed += await sweepOwner(parts, owner, now - ageMs);
  return removed;
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

async function sweepOwner(parts: SweepParts, owner: string, before: number): Promise<number> {
  const after = (await parts.redis.hget(sweptKey, owner)) ?? '';
  let removed = 0;
  for (const jobId of await jobsAfter(parts.store, owner, after, before)) {
    if ((await findQueuedJob(parts.redis, owner, jobId)) !== null) break;
    const record = await readArchivedJob(parts.store, owner, jobId);
    if (record !== null && !isOver(record, before)) break;
    removed += await removeUnnamed(parts.store, owner, jobId, record);
    await parts.redis.hset(sweptKey, owner, jobId);
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

async function removeUnnamed(
  store: ObjectStore,
  owner: string,
  jobId: string,
  record: JobRecord | null,
): Promise<number> {
  const left: string[] = [];
  if (record === null && (await store.head(inputKey(owner, jobId))) !== null) left.push(inputKey(owner, jobId));
  for await (const { key } of store.list(resultsOf(owner, jobId))) if (key !== record?.resultKey) left.push(key);
  for (const key of left) await store.delete(key);
  return left.length;
}
