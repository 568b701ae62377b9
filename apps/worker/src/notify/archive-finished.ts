import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  archiveJob,
  claim,
  queueKeyBase,
  queueLabelsKey,
  readJobSnapshot,
  removeFinishedJob,
  toFullRecord,
  toSubmission,
  type InferPayload,
  type JobLocation,
  type JobRecord,
  type JobSnapshot,
  type ObjectStore,
} from '#jobs';

/** Jobs looked at in one go. */
const pageSize = 64;
/** Pages of a set in one sweep, so that a worker that stops need not empty a long outbox first. */
const mostPages = 16;

/** A job that has ended: what callers see of it, and what it was submitted with. */
export interface FinishedJob {
  record: JobRecord;
  /** Of the queue that it is in. */
  label: string;
  payload: InferPayload;
}

/** Tells somebody that a job has ended. Safe to repeat: after a crash each is told again. */
export type Announcement = (job: FinishedJob) => Promise<void>;

export interface OutboxParts {
  redis: Redis;
  store: ObjectStore;
  /** In their order, once the job's record is in the archive and before the job leaves its queue. */
  announcements: readonly Announcement[];
  log: Logger;
}

/**
 * Empties the outbox: BullMQ's completed and failed sets hold every job that has ended, until its record is archived.
 * Each step is idempotent and the job leaves last, so that dying in between, or running twice, loses and doubles
 * nothing. A job that cannot be archived stays, is logged, and is tried again with the next sweep.
 *
 * @returns how many jobs left
 */
export async function archiveFinished(parts: OutboxParts): Promise<number> {
  const labels = await parts.redis.smembers(queueLabelsKey);
  const sets = labels.flatMap((label) => ['completed', 'failed'].map((set) => ({ label, set })));
  const counts = await Promise.all(sets.map(({ label, set }) => archiveSet(parts, label, set)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function archiveSet(parts: OutboxParts, label: string, set: string): Promise<number> {
  let archived = 0;
  for (let page = 0, stuck = 0; page < mostPages; page++) {
    const ids = await parts.redis.zrange(queueKeyBase(label) + set, stuck, `${stuck + pageSize - 1}`);
    const claimed = await claim(parts.redis, ids);
    const left = await Promise.all(claimed.map((jobId) => archiveOne(parts, { label, jobId })));
    const gone = left.filter(Boolean).length;
    archived += gone;
    stuck += ids.length - gone;
    // Of what was tried nothing left: the store is away, and the rest would fare no better.
    if (ids.length < pageSize || (claimed.length > 0 && gone === 0)) break;
  }
  return archived;
}

async function archiveOne(parts: OutboxParts, location: JobLocation): Promise<boolean> {
  const { redis, log } = parts;
  try {
    const snapshot = await readJobSnapshot(redis, location);
    // One that was retried meanwhile is no longer in the outbox, and one that was deleted is nowhere.
    if (snapshot?.finishedAt) await removeFinishedJob(redis, location, await announce(parts, snapshot));
    return true;
  } catch (error) {
    log.error({ jobId: location.jobId, error: error instanceof Error ? error.message : String(error) }, 'not archived');
    return false;
  }
}

async function announce({ store, announcements }: OutboxParts, snapshot: JobSnapshot): Promise<JobRecord> {
  const record = await toFullRecord(store, snapshot);
  await archiveJob(store, { record, submission: toSubmission(snapshot) });
  for (const tell of announcements) await tell({ record, label: snapshot.label, payload: snapshot.payload });
  return record;
}
