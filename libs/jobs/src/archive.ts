import type { Redis } from 'ioredis';
import { jobRecordSchema, resultSchema, toJobRecord, type JobRecord } from './job-record.js';
import { readJobSnapshot, type JobSnapshot } from './job-snapshot.js';
import { archiveKey } from './object-keys.js';
import { queueLabelsKey, recentJobKey } from './queues.js';
import type { ObjectStore } from './store/object-store.js';

/** How long a finished job's record is also kept in Redis, where clients that poll will ask for it first. */
const recentSeconds = 60;

/** Where jobs are: in their queues in Redis until they have been archived, in the object store from then on. */
export interface JobPlaces {
  redis: Redis;
  store: ObjectStore;
}

/** The snapshot with its result, which lies in the object store. */
export async function toFullRecord(store: ObjectStore, snapshot: JobSnapshot): Promise<JobRecord> {
  const bytes = snapshot.outcome && (await store.get(snapshot.outcome.resultKey));
  return toJobRecord(snapshot, bytes && resultSchema.parse(JSON.parse(bytes.toString('utf8'))));
}

/** Writes a finished job's record to the archive. Safe to repeat: a record of the same job is the same bytes. */
export async function archiveJob({ redis, store }: JobPlaces, record: JobRecord): Promise<void> {
  const text = JSON.stringify(record);
  await store.put(archiveKey(record.owner, record.id), Buffer.from(text), { contentType: 'application/json' });
  await redis.set(recentJobKey(record.owner, record.id), text, 'EX', recentSeconds);
}

/** A finished job's record from the archive alone, or null. */
export async function readArchivedJob(store: ObjectStore, owner: string, jobId: string): Promise<JobRecord | null> {
  try {
    const bytes = await store.get(archiveKey(owner, jobId));
    return jobRecordSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    if (error instanceof Error && error.name === 'ObjectMissingError') return null;
    throw error;
  }
}

/** The job while its queue still has it, or null. The queues are few, and all are asked in one round trip. */
export async function findQueuedJob(redis: Redis, owner: string, jobId: string): Promise<JobSnapshot | null> {
  const labels = await redis.smembers(queueLabelsKey);
  const found = await Promise.all(labels.map((label) => readJobSnapshot(redis, { label, jobId })));
  return found.find((snapshot) => snapshot?.payload.owner === owner) ?? null;
}

/**
 * The job, wherever it is; null when this owner has none of that id.
 *
 * The places are asked in the order in which a job moves through them, so that one that moves meanwhile is still met.
 */
export async function readJob({ redis, store }: JobPlaces, owner: string, jobId: string): Promise<JobRecord | null> {
  const queued = await findQueuedJob(redis, owner, jobId);
  if (queued !== null) return toFullRecord(store, queued);
  const recent = await redis.get(recentJobKey(owner, jobId));
  return recent === null ? readArchivedJob(store, owner, jobId) : jobRecordSchema.parse(JSON.parse(recent));
}
