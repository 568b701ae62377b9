import { enqueueLua } from './enqueue.js';
import { queueKeyBase } from './job-location.js';
import { luaScript } from './lua-script.js';
import { archiveKey, inputKey, inputPrefix, rerunsOf, resultPrefix, resultsOf } from './object-keys.js';
import { backlogKey, deletedJobsKey, queueLabelsKey, recentJobKey, unarchivedKey } from './queues.js';
import { releaseBytes } from './quotas/stored-bytes.js';
import { readJob, type JobPlaces } from './read-job.js';
import type { ObjectStore } from './store/object-store.js';
import { unarchivedMember } from './submit-job.js';

/** What became of a request to delete a job; all but `deleted` say why nothing was changed. */
export type DeleteOutcome = 'deleted' | 'missing' | 'unfinished';

/** Takes an ended job out of whichever queue has it, and notes that it is deleted, unless it is unfinished. */
const script = luaScript(`${enqueueLua}
local deleted, recent, unarchived = KEYS[1], KEYS[2], KEYS[3]
local owner, id, now = ARGV[1], ARGV[2], ARGV[3]
for i = 4, #KEYS, 2 do
  local base, backlog = KEYS[i], KEYS[i + 1]
  local job = base .. id
  if redis.call('EXISTS', job) == 1 then
    if redis.call('ZREM', base .. 'completed', id) + redis.call('ZREM', base .. 'failed', id) == 0 then return 0 end
    leaveBacklog(backlog, job)
    redis.call('DEL', job)
  end
end
redis.call('DEL', recent)
redis.call('ZREM', unarchived, unpack(ARGV, 4))
redis.call('ZADD', deleted, now, owner .. '/' .. id)
return 1`);

/**
 * Removes a finished job with its record, its input and its results. It is gone at once, wherever it was; then its objects
 * are removed. Should that be cut short, or an archiver or a late attempt that has the job in hand write something
 * afterwards, nobody sees it, and the sweeper removes it.
 */
export async function deleteJob(places: JobPlaces, owner: string, jobId: string): Promise<DeleteOutcome> {
  const { redis, store } = places;
  if ((await readJob(places, owner, jobId)) === null) return 'missing';
  const labels = await redis.smembers(queueLabelsKey);
  const queues = labels.flatMap((label) => [queueKeyBase(label), backlogKey(label)]);
  const keys = [deletedJobsKey, recentJobKey(owner, jobId), unarchivedKey(owner), ...queues];
  const members = labels.map((label) => unarchivedMember({ label, jobId }));
  if ((await script(redis, keys, [owner, jobId, Date.now(), ...members])) === 0) return 'unfinished';
  const removed = await deleteJobObjects(store, owner, jobId);
  await releaseBytes(redis, owner, removed.bytes);
  return 'deleted';
}

/**
 * Removes all that a job has in the object store. Safe to repeat.
 *
 * @returns how many objects there were, and how many bytes the input and the results among them had
 */
export async function deleteJobObjects(
  store: ObjectStore,
  owner: string,
  jobId: string,
): Promise<{ objects: number; bytes: number }> {
  const keys = [archiveKey(owner, jobId), inputKey(owner, jobId)];
  for (const prefix of [rerunsOf(owner, jobId), resultsOf(owner, jobId)])
    for await (const { key } of store.list(prefix)) keys.push(key);
  const heads = await Promise.all(keys.map((key) => store.head(key)));
  await Promise.all(keys.map((key) => store.delete(key)));
  const stored = heads.filter((info) => info !== null);
  const counted = stored.filter(({ key }) => key.startsWith(inputPrefix) || key.startsWith(resultPrefix));
  return { objects: stored.length, bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0) };
}
