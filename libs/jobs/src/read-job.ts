import type { Redis } from 'ioredis';
import { readArchivedJob, toFullRecord } from './archive.js';
import { jobRecordSchema, type JobRecord } from './job-record.js';
import { findJobSnapshot, type JobSnapshot } from './job-snapshot.js';
import { deletedJobsKey, recentJobKey } from './queues.js';
import type { ObjectStore } from './store/object-store.js';

/** Where jobs are: in their queues in Redis until they have been archived, in the object store from then on. */
export interface JobPlaces {
  redis: Redis;
  store: ObjectStore;
}

/** The job while its queue still has it, or null. */
export async function findQueuedJob(redis: Redis, owner: string, jobId: string): Promise<JobSnapshot | null> {
  const found = await findJobSnapshot(redis, jobId);
  return found?.payload.owner === owner ? found : null;
}

/**
 * The job, wherever it is; null when this owner has none of that id.
 *
 * The places are asked in the order in which a job moves through them, so that one that moves meanwhile is still met, and
 * a job that was retried is met in its last run.
 */
export async function readJob({ redis, store }: JobPlaces, owner: string, jobId: string): Promise<JobRecord | null> {
  const queued = await findQueuedJob(redis, owner, jobId);
  if (queued !== null) return toFullRecord(store, queued);
  const [recent, deleted] = await Promise.all([
    redis.get(recentJobKey(owner, jobId)),
    redis.zscore(deletedJobsKey, `${owner}/${jobId}`),
  ]);
  if (deleted !== null) return null;
  return recent === null ? readArchivedJob(store, owner, jobId) : jobRecordSchema.parse(JSON.parse(recent));
}
