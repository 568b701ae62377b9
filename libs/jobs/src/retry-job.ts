import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { markRetried, readArchived, toFullRecord, toSubmission, type ArchivedJob, type Submission } from './archive.js';
import { settleFile } from './batches/batch-files.js';
import { runFileAgain } from './batches/file-ends.js';
import { enqueueLua, jobOptionsJson } from './enqueue.js';
import { queueKeyBase } from './job-location.js';
import type { JobRecord } from './job-record.js';
import { luaScript } from './lua-script.js';
import { inputKey } from './object-keys.js';
import type { InferPayload } from './payloads.js';
import { firstOfBand } from './priority.js';
import {
  backlogKey,
  deletedJobsKey,
  expiriesKey,
  queueLabelsKey,
  recentJobKey,
  retryingKey,
  unarchivedKey,
} from './queues.js';
import { findQueuedJob, type JobPlaces } from './read-job.js';
import { unarchivedMember } from './submit-job.js';

/** What became of a request to retry a job; all but `retried` say why nothing was changed. */
export type RetryOutcome = 'retried' | 'missing' | 'unfinished' | 'succeeded' | 'input-missing' | 'not-kept';

/** So often is looked again when the job has moved on between the look and the step. */
const mostTries = 5;
const tokenSeconds = 60;

/**
 * The next run of a job, if nothing has happened to it since the token was set: no other retry, and no deletion. The run
 * before may still be in the outbox; then it leaves it here, and an archiver that has it in hand finds it gone.
 */
const script = luaScript(`${enqueueLua}
local base, backlog, labels, expiries, unarchived, recent, deleted, retrying = unpack(KEYS)
local id, label, owner, member, first, expiresAt, data, options, token, now = unpack(ARGV)
local createdAt, run, begins = ARGV[11], ARGV[12], ARGV[13]
local job = base .. id
if redis.call('ZSCORE', deleted, owner .. '/' .. id) or redis.call('GET', retrying) ~= token then return 0 end
if redis.call('EXISTS', job) == 1 then
  if redis.call('ZREM', base .. 'failed', id) == 0 then return 0 end
  leaveBacklog(backlog, job)
  redis.call('DEL', job)
end
redis.call('DEL', retrying, recent)
redis.call('SADD', labels, label)
if expiresAt ~= '' then redis.call('ZADD', expiries, expiresAt, label .. '/' .. id) end
redis.call('ZADD', unarchived, 0, member)
enqueue(base, backlog, id, tonumber(first), owner, data, options, createdAt, 'queuedAt', now, 'run', run, 'earlierBegins', begins)
return 1`);

/**
 * Queues a failed, canceled or expired job again: the same id, its attempts counted on, and `expiresIn` from now.
 *
 * It may be in the outbox, in the archive, or on its way between them, and others may retry or delete it at the same time.
 * So whoever retries first leaves a token, then looks, then acts in one step, which is refused when another's token is
 * there: between the look and the step nobody else has retried it, and all that can have happened is that the job was
 * archived, which changes nothing, or deleted, which the step sees. The record of the run before is in the archive by then,
 * marked as not the only one; a job whose queue is lost is therefore again what it was before it was retried.
 *
 * Safe to repeat: a second retry finds the job unfinished.
 */
export async function retryJob(places: JobPlaces, owner: string, jobId: string): Promise<RetryOutcome> {
  for (let tries = 0; tries < mostTries; tries++) {
    const token = randomUUID();
    await places.redis.set(retryingKey(jobId), token, 'EX', tokenSeconds);
    const last = await readLastRun(places, owner, jobId);
    if (last === null) return 'missing';
    const { record, submission } = last;
    if (record.timings.finishedAt === null) return 'unfinished';
    if (record.status === 'succeeded') return 'succeeded';
    if (submission === undefined) return 'not-kept';
    if (!(await hasInput(places, submission, jobId))) return 'input-missing';
    if (record.run === 1) await markRetried(places.store, last);
    const { batch } = submission.payload;
    // Before the job, so that a batch never takes the end of the run before for that of the next.
    if (batch) await runFileAgain(places.redis, { owner, ...batch }, Date.parse(record.timings.finishedAt));
    if (!(await requeue(places.redis, record, submission, token))) continue;
    if (batch) await settleFile(places.redis, batch.id, batch.path);
    return 'retried';
  }
  // Others retry it as well, and one of them will have succeeded.
  return 'unfinished';
}

async function readLastRun(places: JobPlaces, owner: string, jobId: string): Promise<ArchivedJob | null> {
  const queued = await findQueuedJob(places.redis, owner, jobId);
  if (queued !== null) return { record: await toFullRecord(places.store, queued), submission: toSubmission(queued) };
  if ((await places.redis.zscore(deletedJobsKey, `${owner}/${jobId}`)) !== null) return null;
  return readArchived(places.store, owner, jobId);
}

/** An input that a worker has yet to fetch is nowhere, and need not be. */
async function hasInput({ store }: JobPlaces, { payload }: Submission, jobId: string): Promise<boolean> {
  if (payload.source?.url != null) return true;
  return (await store.head(inputKey(payload.owner, jobId))) !== null;
}

async function requeue(redis: Redis, record: JobRecord, submission: Submission, token: string): Promise<boolean> {
  const { label, priority } = submission;
  const { id: jobId, owner, run, attempts } = record;
  const [now, createdAt] = [Date.now(), Date.parse(record.timings.createdAt)];
  const expiresAt = submission.expiresInMs === null ? null : now + submission.expiresInMs;
  const payload: InferPayload = { ...submission.payload, expiresAt };
  const indexes = [queueLabelsKey, expiriesKey, unarchivedKey(owner), recentJobKey(owner, jobId)];
  const keys = [queueKeyBase(label), backlogKey(label), ...indexes, deletedJobsKey, retryingKey(jobId)];
  const place = [jobId, label, owner, unarchivedMember({ label, jobId }), firstOfBand(priority)];
  const what = [expiresAt ?? '', JSON.stringify(payload), jobOptionsJson];
  const args = [...place, ...what, token, now, createdAt, run + 1, attempts];
  return (await script(redis, keys, args)) === 1;
}
