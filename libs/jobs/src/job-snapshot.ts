import type { Redis } from 'ioredis';
import { z } from 'zod';
import { parseFailedReason, type JobFailure } from './failure.js';
import { queueKeyBase, type JobLocation } from './job-location.js';
import { luaScript } from './lua-script.js';
import { outcomeSchema, parsePayload, type InferPayload, type Outcome } from './payloads.js';
import { paceLua, startEstimate } from './pace.js';
import { toPriority } from './priority.js';
import { paceKey, queueLabelsKey } from './queues.js';

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
const lookLua = `${paceLua}
local function look(base, paceKey, id)
  local fields = redis.call('HGETALL', base .. id)
  if #fields == 0 then return {} end
  if redis.call('ZSCORE', base .. 'completed', id) then return {'completed', -1, fields} end
  if redis.call('ZSCORE', base .. 'failed', id) then return {'failed', -1, fields} end
  local waiting, active = redis.call('LLEN', base .. 'wait'), redis.call('LLEN', base .. 'active')
  local function at(state, position, ahead)
    return {state, position, fields, ahead, tostring(paceOf(paceKey))}
  end
  local rank = redis.call('ZRANK', base .. 'prioritized', id)
  if rank then return at('waiting', waiting + rank, waiting + rank + active) end
  local held = redis.call('LPOS', base .. 'active', id)
  if held then return at('active', 0, active - 1 - held) end
  local place = redis.call('LPOS', base .. 'wait', id)
  if place then return at('waiting', waiting - 1 - place, waiting - 1 - place + active) end
  return {'waiting', -1, fields}
end`;

const lookScript = luaScript(`${lookLua} return look(KEYS[1], KEYS[2], ARGV[1])`);

/** The queues are few. A script for each, after a round trip for their labels, took up to an eighth of a GET of a job. */
const findScript = luaScript(`${lookLua}
for _, label in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local function of(key) return (string.gsub(key, '%*', label)) end
  local found = look(of(KEYS[2]), of(KEYS[3]), ARGV[1])
  if #found > 0 then return {label, found} end
end
return {}`);

const placeSchema = [z.string(), z.number(), z.array(z.string())] as const;
const replySchema = z.union([
  z.tuple([]),
  z.tuple(placeSchema),
  z.tuple([...placeSchema, z.number(), z.coerce.number()]),
]);
const foundSchema = z.union([z.tuple([]), z.tuple([z.string(), z.unknown()])]);

/** The job, or null when its queue does not hold it (any more: finished jobs move to the archive). */
export async function readJobSnapshot(redis: Redis, location: JobLocation): Promise<JobSnapshot | null> {
  const { label, jobId } = location;
  return toSnapshot(location, await lookScript(redis, [queueKeyBase(label), paceKey(label)], [jobId]));
}

/** The job in whatever queue it is, or null when none holds it (any more). */
export async function findJobSnapshot(redis: Redis, jobId: string): Promise<JobSnapshot | null> {
  const keys = [queueLabelsKey, queueKeyBase('*'), paceKey('*')];
  const found = foundSchema.parse(await findScript(redis, keys, [jobId]));
  return found.length === 0 ? null : toSnapshot({ label: found[0], jobId }, found[1]);
}

function toSnapshot({ label, jobId }: JobLocation, found: unknown): JobSnapshot | null {
  const reply = replySchema.parse(found);
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
