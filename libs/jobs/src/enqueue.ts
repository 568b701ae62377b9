import type { JobsOptions } from 'bullmq';
import { bandWidth, jobsPerTurn } from './priority.js';

/** A job that could not run for a passing reason (store, network) is tried again after at most 1, 2, 4 and 8 s, and at least half of each. */
const options: JobsOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
  stackTraceLimit: 0,
};

/** BullMQ's options of every job; its number in the queue is filled in where the job is added. */
export const jobOptionsJson = JSON.stringify(options);

/** BullMQ trims its event streams to about so many. */
const mostEvents = 10_000;

/**
 * Lua functions for the scripts that add jobs: what BullMQ does to add a prioritised job, within a script of ours, so that
 * the job, its place and its indexes are there together or not at all.
 *
 * **Fairness.** Within a priority's band, numbers are turns. A job gets the turn that is on now, the one of the job at the
 * head, plus one for every {@link jobsPerTurn} jobs that its owner has waiting in the band. So an owner's ten thousand jobs
 * spread over as many turns as they need, and another's one job is behind those of one turn only; while an owner who adds
 * small numbers for ever has no more of each turn than the one with ten thousand. A band begins anew when it is empty; one
 * that has had jobs for longer than its {@link bandWidth} turns is first come, first served until then.
 */
export const enqueueLua = `
local function tell(base, event, id)
  redis.call('XADD', base .. 'events', 'MAXLEN', '~', ${mostEvents}, '*', 'event', event, 'jobId', id)
end

local function backlogField(job)
  local fields = redis.call('HMGET', job, 'owner', 'priority')
  if not fields[1] then return nil end
  return math.floor((tonumber(fields[2]) - 1) / ${bandWidth}) .. '/' .. fields[1]
end

local function leaveBacklog(backlog, job)
  if redis.call('HEXISTS', job, 'begins') == 1 then return end
  local field = backlogField(job)
  if field and redis.call('HINCRBY', backlog, field, -1) <= 0 then redis.call('HDEL', backlog, field) end
end

local function numberOf(base, backlog, owner, first)
  local low, high = first * 0x100000000, (first + ${bandWidth}) * 0x100000000
  local head = redis.call('ZRANGEBYSCORE', base .. 'prioritized', low, '(' .. string.format('%.0f', high), 'WITHSCORES', 'LIMIT', 0, 1)
  local turn = head[2] and math.floor(tonumber(head[2]) / 0x100000000) - first or 0
  local waiting = redis.call('HINCRBY', backlog, math.floor((first - 1) / ${bandWidth}) .. '/' .. owner, 1) - 1
  return first + math.min(${bandWidth - 1}, turn + math.floor(waiting / ${jobsPerTurn}))
end

local function enqueue(base, backlog, id, first, owner, data, options, timestamp, ...)
  local number = numberOf(base, backlog, owner, first)
  local text = string.format('{"jobId":"%s","priority":%d,', id, number) .. string.sub(options, 2)
  redis.call('HSET', base .. id, 'name', 'infer', 'data', data, 'opts', text, 'timestamp', timestamp, 'delay', 0,
    'priority', number, 'owner', owner, ...)
  local count = redis.call('INCR', base .. 'pc')
  redis.call('ZADD', base .. 'prioritized', number * 0x100000000 + count % 0x100000000, id)
  redis.call('ZADD', base .. 'marker', 0, '0')
  tell(base, 'waiting', id)
end
`;
