import type { Redis } from 'ioredis';
import { enqueueLua } from './enqueue.js';
import { queueKeyBase, type JobLocation } from './job-location.js';
import type { JobRecord } from './job-record.js';
import { luaScript } from './lua-script.js';
import { tallyKey, tallyLua, tallyOfJob } from './metrics/tally.js';
import { backlogKey, recentJobKey, unarchivedKey } from './queues.js';
import { unarchivedMember } from './submit-job.js';

/** How long a finished job's record is also kept in Redis, where clients that poll will ask for it first. */
const recentSeconds = 60;

/** Only a job that has ended, in the very run that was archived: one that was retried meanwhile stays. */
const script = luaScript(`${enqueueLua}${tallyLua}
local base, backlog, unarchived, recent, tallied = unpack(KEYS)
local id, run, member, text, seconds = unpack(ARGV)
local job = base .. id
if redis.call('EXISTS', job) == 1 and (redis.call('HGET', job, 'run') or '1') ~= run then return 0 end
if redis.call('ZREM', base .. 'completed', id) + redis.call('ZREM', base .. 'failed', id) == 0 then return 0 end
leaveBacklog(backlog, job)
redis.call('DEL', job)
redis.call('ZREM', unarchived, member)
redis.call('SET', recent, text, 'EX', seconds)
tally(tallied, 6)
return 1`);

/**
 * Takes an ended job, whose record is in the archive, out of its queue and its owner's index, and counts it: in the same
 * step, so that each is counted once. Safe to repeat.
 */
export async function removeFinishedJob(redis: Redis, location: JobLocation, record: JobRecord): Promise<void> {
  const { label, jobId } = location;
  const keys = [backlogKey(label), unarchivedKey(record.owner), recentJobKey(record.owner, jobId), tallyKey];
  const args = [jobId, record.run, unarchivedMember(location), JSON.stringify(record), recentSeconds];
  await script(redis, [queueKeyBase(label), ...keys], [...args, ...tallyOfJob(label, record)]);
}
