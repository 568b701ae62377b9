import type { Redis } from 'ioredis';
import { enqueueLua, jobOptionsJson } from './enqueue.js';
import { queueKeyBase } from './job-location.js';
import { listingKey } from './ids.js';
import { luaScript } from './lua-script.js';
import type { InferPayload } from './payloads.js';
import { firstOfBand } from './priority.js';
import { backlogKey, deletedJobsKey, expiriesKey, queueLabelsKey, unarchivedKey } from './queues.js';

/** A job as it is added to its queue. */
export interface NewJobEntry {
  id: string;
  label: string;
  /** 0 to 9, 9 the most urgent. */
  priority: number;
  payload: InferPayload;
}

const script = luaScript(`${enqueueLua}
local base, backlog, labels, expiries, unarchived, deleted = unpack(KEYS)
local id, label, owner, member, first, expiresAt, data, options, now = unpack(ARGV)
if redis.call('EXISTS', base .. id) == 1 or redis.call('ZSCORE', deleted, owner .. '/' .. id) then return 0 end
redis.call('SADD', labels, label)
if expiresAt ~= '' then redis.call('ZADD', expiries, expiresAt, label .. '/' .. id) end
redis.call('ZADD', unarchived, 0, member)
enqueue(base, backlog, id, tonumber(first), owner, data, options, now)
return 1`);

/** Adds a job to its queue, and to the indexes of its owner. Atomic; adding the same id twice leaves one job. */
export async function submitJob(redis: Redis, job: NewJobEntry, now: number = Date.now()): Promise<void> {
  const { id, label, priority, payload } = job;
  const { owner, expiresAt } = payload;
  const keys = [queueLabelsKey, expiriesKey, unarchivedKey(owner), deletedJobsKey];
  const place = [id, label, owner, unarchivedMember({ label, jobId: id }), firstOfBand(priority), expiresAt ?? ''];
  await script(
    redis,
    [queueKeyBase(label), backlogKey(label), ...keys],
    [...place, JSON.stringify(payload), jobOptionsJson, now],
  );
}

/** The job in its owner's index: sorts as the archive lists. */
export function unarchivedMember({ label, jobId }: { label: string; jobId: string }): string {
  return `${listingKey(jobId)}/${label}`;
}
