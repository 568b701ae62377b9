import { readArchivedJob, toFullRecord } from './archive.js';
import { listingKey } from './ids.js';
import type { JobRecord } from './job-record.js';
import { readJobSnapshot, type JobStatus } from './job-snapshot.js';
import { archiveKey, archivePrefix } from './object-keys.js';
import { deletedJobsKey, unarchivedKey } from './queues.js';
import type { JobPlaces } from './read-job.js';

/** Which of an owner's jobs are wanted; what is not given does not matter. */
export interface JobFilter {
  statuses?: readonly JobStatus[] | undefined;
  /** `name` or `name@version`, also one that was removed. */
  model?: string | undefined;
  /** A batch's id. */
  batch?: string | undefined;
}

export interface JobPage {
  jobs: JobRecord[];
  /** The job after which the next page begins; null when there is none. */
  next: string | null;
}

/** A filter that few jobs pass ends a page after so many were looked at, whether it is full or not. */
const mostLookedAt = 300;
/** So many are read at a time when there is a filter. */
const chunkSize = 100;

/** A job's place in the list, and its queue's label unless it is in the archive only. */
interface ListedJob {
  id: string;
  label: string | null;
}

/**
 * An owner's jobs, the newest first, from `after` on: those of the queues and those of the archive as one list. A page
 * without a filter costs about as many reads as it has jobs; one with a filter may be short, even empty, and go on.
 *
 * A job keeps its place for good. The queues are asked before the archive, and a job is in the archive before it leaves
 * its queue (and stays there when it is retried), so none is missed while it moves; one that is met in both is one.
 */
export async function listJobs(
  places: JobPlaces,
  owner: string,
  { limit, after, filter }: { limit: number; after: string | null; filter: JobFilter },
): Promise<JobPage> {
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const jobs: JobRecord[] = [];
  for (let last = after, looked = 0; ;) {
    const count = filtered ? chunkSize : limit;
    const listed = await listAfter(places, owner, { after: last, limit: count + 1, inArchive: mayBeFinished(filter) });
    const records = await readListed(places, owner, listed.slice(0, count));
    for (const [i, record] of records.entries()) {
      last = (listed[i] as ListedJob).id;
      if (record !== null && passes(record, filter)) jobs.push(record);
      if (jobs.length === limit) return { jobs, next: i + 1 < listed.length ? last : null };
    }
    looked += records.length;
    if (listed.length <= count) return { jobs, next: null };
    if (!filtered || looked >= mostLookedAt) return { jobs, next: last };
  }
}

async function listAfter(
  { redis, store }: JobPlaces,
  owner: string,
  { after, limit, inArchive }: { after: string | null; limit: number; inArchive: boolean },
): Promise<ListedJob[]> {
  // What sorts after all of the job's members: they go on with a slash.
  const start = after === null ? '-' : `(${listingKey(after)}0`;
  const members = await redis.zrangebylex(unarchivedKey(owner), start, '+', 'LIMIT', 0, limit);
  const listed = new Map<string, ListedJob>();
  for (const member of members) {
    const [key = '', label = ''] = member.split('/');
    listed.set(key, { id: toId(key), label });
  }
  const options = { limit, ...(after !== null && { startAfter: archiveKey(owner, after) }) };
  if (inArchive)
    for await (const object of store.list(archivePrefix(owner), options)) {
      const key = object.key.slice(archivePrefix(owner).length, -'.json'.length);
      if (!listed.has(key)) listed.set(key, { id: toId(key), label: null });
    }
  return [...listed]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([, job]) => job);
}

/** In their order; null for one that was deleted. */
async function readListed(
  { redis, store }: JobPlaces,
  owner: string,
  listed: readonly ListedJob[],
): Promise<(JobRecord | null)[]> {
  if (listed.length === 0) return [];
  const deleted = await redis.zmscore(deletedJobsKey, ...listed.map(({ id }) => `${owner}/${id}`));
  return Promise.all(
    listed.map(async ({ id, label }, i) => {
      if (deleted[i] !== null) return null;
      const queued = label === null ? null : await readJobSnapshot(redis, { label, jobId: id });
      return queued === null ? readArchivedJob(store, owner, id) : toFullRecord(store, queued);
    }),
  );
}

function mayBeFinished({ statuses }: JobFilter): boolean {
  return statuses?.some((status) => status !== 'queued' && status !== 'running') ?? true;
}

function passes(record: JobRecord, { statuses, model, batch }: JobFilter): boolean {
  const { name, version } = record.model;
  return (
    (statuses?.includes(record.status) ?? true) &&
    (model === undefined || model === name || model === `${name}@${version}`) &&
    (batch === undefined || batch === record.batch)
  );
}

function toId(key: string): string {
  return key.slice(key.indexOf('-') + 1);
}
