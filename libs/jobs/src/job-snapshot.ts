import type { Redis } from 'ioredis';
import { z } from 'zod';
import { parseFailedReason, type JobFailure } from './failure.js';
import { queueKeyBase, type JobLocation } from './job-location.js';
import { luaScript } from './lua-script.js';
import { outcomeSchema, parsePayload, type InferPayload, type Outcome } from './payloads.js';
import { paceLua, startEstimate } from './pace.js';
import { toPriority } from './priority.js';
import { paceKey } from './queues.js';

/**
 * ```
 * queued -> running -> succeeded | failed
 *    |         |`----> canceled
 *    |         `-----> queued      (the worker was lost, or a passing error is tried again)
 *    `---------------> canceled | expired
 *
 * failed | canceled | expired -> queued     (retried: its next run)
 * ```
 * Ours, not BullMQ's: its words stop in this file. A job that a worker has only fetched ahead is still `queued`.
 */
export const jobStatuses = ['queued', 'running', 'succeeded', 'failed', 'canceled', 'expired'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** One job as Redis holds it at one instant. Times are in milliseconds since 1970. */
export interface JobSnapshot {
  id: string;
  label: string;
  status: JobStatus;
  /** How many jobs stand before it in its queue; 0 when a worker has fetched it; null unless it waits its turn. */
  queuePosition: number | null;
  /** When it will begin if the workers of its queue go on as fast as they were; null when that is not known. */
  estimatedStartAt: number | null;
  /** 0 to 9, 9 the most urgent. */
  priority: number;
  payload: InferPayload;
  createdAt: number;
  /** When it was added to its queue: when it was made, unless it was retried. */
  queuedAt: number;
  begunAt: number | null;
  finishedAt: number | null;
  /** 1, and one more each time that it was retried. */
  run: number;
  /** How many times it has begun in all its runs; running it again after its process was lost is not counted. */
  attempts: number;
  outcome: Outcome | null;
  failure: JobFailure | null;
}

/** State, place and fields in one read: a job that finishes between two reads would show a state without its result. */
const script = luaScript(`${paceLua}
local base, id = KEYS[1], ARGV[1]
local fields = redis.call('HGETALL', base .. id)
if #fields == 0 then return {} end
if redis.call('ZSCORE', base .. 'completed', id) then return {'completed', -1, fields} end
if redis.call('ZSCORE', base .. 'failed', id) then return {'failed', -1, fields} end
local waiting, active = redis.call('LLEN', base .. 'wait'), redis.call('LLEN', base .. 'active')
local function at(state, position, ahead)
  return {state, position, fields, ahead, tostring(paceOf(KEYS[2]))}
end
local rank = redis.call('ZRANK', base .. 'prioritized', id)
if rank then return at('waiting', waiting + rank, waiting + rank + active) end
local held = redis.call('LPOS', base .. 'active', id)
if held then return at('active', 0, active - 1 - held) end
local place = redis.call('LPOS', base .. 'wait', id)
if place then return at('waiting', waiting - 1 - place, waiting - 1 - place + active) end
return {'waiting', -1, fields}`);

const placeSchema = [z.string(), z.number(), z.array(z.string())] as const;
const replySchema = z.union([
  z.tuple([]),
  z.tuple(placeSchema),
  z.tuple([...placeSchema, z.number(), z.coerce.number()]),
]);

/** The job, or null when its queue does not hold it (any more: finished jobs move to the archive). */
export async function readJobSnapshot(redis: Redis, { label, jobId }: JobLocation): Promise<JobSnapshot | null> {
  const reply = replySchema.parse(await script(redis, [queueKeyBase(label), paceKey(label)], [jobId]));
  if (reply.length === 0) return null;
  const [state, position, list, ahead = 0, pace = 0] = reply;
  const fields = toFields(list);
  const failure = state === 'failed' ? parseFailedReason(fields['failedReason'] ?? '') : null;
  const status = toStatus(state, fields, failure);
  return {
    id: jobId,
    label,
    status,
    queuePosition: status === 'queued' && position >= 0 ? position : null,
    estimatedStartAt: status === 'queued' ? startEstimate(ahead, pace) : null,
    priority: toPriority(Number(fields['priority'] ?? 1)),
    payload: parsePayload('infer', JSON.parse(fields['data'] ?? 'null')),
    createdAt: Number(fields['timestamp']),
    queuedAt: Number(fields['queuedAt'] ?? fields['timestamp']),
    begunAt: toTime(status === 'queued' ? undefined : fields['begunAt']),
    finishedAt: toTime(state === 'completed' || state === 'failed' ? fields['finishedOn'] : undefined),
    run: Number(fields['run'] ?? 1),
    attempts: Number(fields['begins'] ?? 0) + Number(fields['earlierBegins'] ?? 0),
    outcome: state === 'completed' ? outcomeSchema.parse(JSON.parse(fields['returnvalue'] ?? 'null')) : null,
    failure,
  };
}

function toStatus(state: string, fields: Record<string, string>, failure: JobFailure | null): JobStatus {
  if (state === 'completed') return 'succeeded';
  if (failure !== null) return endedStatus(failure);
  const begun = fields['begunAts'] !== undefined && fields['begunAts'] === fields['ats'];
  return state === 'active' && begun ? 'running' : 'queued';
}

/** How a job that has no result has ended. */
export function endedStatus(failure: JobFailure): 'canceled' | 'expired' | 'failed' {
  if (failure.code === 'job_canceled') return 'canceled';
  return failure.code === 'job_expired' ? 'expired' : 'failed';
}

function toTime(field: string | undefined): number | null {
  return field === undefined ? null : Number(field);
}

function toFields(list: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let i = 0; i + 1 < list.length; i += 2) fields[list[i] as string] = list[i + 1] as string;
  return fields;
}
