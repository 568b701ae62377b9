import { z } from 'zod';
import { jobRecordSchema, resultSchema, toJobRecord, type JobRecord } from './job-record.js';
import type { JobSnapshot } from './job-snapshot.js';
import { archiveKey, rerunKey, rerunsOf } from './object-keys.js';
import { inferSchema } from './payloads.js';
import type { ObjectStore } from './store/object-store.js';

/** What a job was submitted with, kept so that it can be submitted again. */
const submissionSchema = z.object({
  label: z.string(),
  priority: z.number().int(),
  /** From when it was queued to when it had to have begun; null: whenever. */
  expiresInMs: z.number().int().nullable(),
  payload: inferSchema,
});
export type Submission = z.infer<typeof submissionSchema>;

const archivedSchema = jobRecordSchema.extend({
  submission: submissionSchema.optional(),
  /** Only of a first run: that there were others. */
  retried: z.boolean().optional(),
});

/** A finished run of a job as the archive holds it; without its submission if an earlier version wrote it. */
export interface ArchivedJob {
  record: JobRecord;
  submission?: Submission | undefined;
}

/** The snapshot with its result, which lies in the object store. */
export async function toFullRecord(store: ObjectStore, snapshot: JobSnapshot): Promise<JobRecord> {
  const bytes = snapshot.outcome && (await store.get(snapshot.outcome.resultKey));
  return toJobRecord(snapshot, bytes && resultSchema.parse(JSON.parse(bytes.toString('utf8'))));
}

/** What of a snapshot submits the job again. */
export function toSubmission({ label, priority, queuedAt, payload }: JobSnapshot): Submission {
  const expiresInMs = payload.expiresAt === null ? null : Math.max(0, payload.expiresAt - queuedAt);
  return { label, priority, expiresInMs, payload };
}

/**
 * Writes a finished run of a job to the archive, once: each run has a key of its own, and one that is there stays. So
 * whoever comes late, with a run that is long past, changes nothing.
 */
export async function archiveJob(store: ObjectStore, { record, submission }: ArchivedJob): Promise<void> {
  const { owner, id, run } = record;
  const key = run === 1 ? archiveKey(owner, id) : rerunKey(owner, id, run);
  await store.create(key, toBytes({ ...record, submission }), { contentType: 'application/json' });
}

/**
 * Marks a job's first run as not its only one; the record of that run may be in the archive already or not. Safe to
 * repeat, whatever has become of the job: what it writes is always the same.
 */
export async function markRetried(store: ObjectStore, { record, submission }: ArchivedJob): Promise<void> {
  const bytes = toBytes({ ...record, submission, retried: true });
  await store.put(archiveKey(record.owner, record.id), bytes, { contentType: 'application/json' });
}

/** The last run of a finished job from the archive alone, or null. */
export async function readArchived(store: ObjectStore, owner: string, jobId: string): Promise<ArchivedJob | null> {
  const first = await readAt(store, archiveKey(owner, jobId));
  if (!first?.retried) return first;
  for await (const { key } of store.list(rerunsOf(owner, jobId), { limit: 1 })) return readAt(store, key);
  return first;
}

/** The record of a finished job's last run from the archive alone, or null. */
export async function readArchivedJob(store: ObjectStore, owner: string, jobId: string): Promise<JobRecord | null> {
  return (await readArchived(store, owner, jobId))?.record ?? null;
}

async function readAt(
  store: ObjectStore,
  key: string,
): Promise<(ArchivedJob & { retried?: boolean | undefined }) | null> {
  try {
    const { submission, retried, ...record } = archivedSchema.parse(
      JSON.parse((await store.get(key)).toString('utf8')),
    );
    return { record, submission, retried };
  } catch (error) {
    if (error instanceof Error && error.name === 'ObjectMissingError') return null;
    throw error;
  }
}

function toBytes(archived: z.input<typeof archivedSchema>): Buffer {
  return Buffer.from(JSON.stringify(archived));
}
