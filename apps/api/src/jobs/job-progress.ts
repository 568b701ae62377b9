import { isFinished, type JobRecord, jobViewSchema, toJobView } from '#jobs';
import { z } from 'zod';
import type { ServerSentEvent } from '../server/event-stream.js';

const place = { queuePosition: z.int().nullable(), estimatedStartAt: z.iso.datetime().nullable() };
const statusSchema = z.object({
  status: z.enum(['queued', 'running']),
  attempts: z.int(),
  ...place,
  startedAt: z.iso.datetime().nullable(),
});
const progressSchema = z.object({ progress: z.number(), ...place });

/** The data of an event: of `status`, `progress` and `finished`. */
export const jobEventSchema = z.union([statusSchema, progressSchema, jobViewSchema]).meta({ id: 'JobEvent' });

/** Steps of one attempt, in their order: it begins; its job is queued again; its job is over. */
const steps = { running: 1, queued: 2, finished: 3 };
type Step = keyof typeof steps;

/**
 * What has happened to a job, as far as its present state tells: that it waits; that it runs; or that it ran and how it
 * ended. The ids follow from the state alone, `<run>.<attempts>.<step>`, and only ever grow in the course of a job's life,
 * retries included; so whoever names the last one that was met gets each later one once, from whichever server.
 */
export function eventsOf(record: JobRecord): ServerSentEvent[] {
  if (!isFinished(record)) return [statusEvent(record, record.status === 'running' ? 'running' : 'queued')];
  const finished = { id: idOf(record, 'finished'), type: 'finished', data: toJobView(record) };
  return record.timings.startedAt === null ? [finished] : [statusEvent(record, 'running'), finished];
}

/** How far an unfinished job is; of the same id as its last event, as it may be missed. */
export function progressEvent(record: JobRecord): ServerSentEvent {
  const { progress, queuePosition, estimatedStartAt } = record;
  const id = idOf(record, record.status === 'running' ? 'running' : 'queued');
  const data: z.infer<typeof progressSchema> = { progress, queuePosition, estimatedStartAt };
  return { id, type: 'progress', data };
}

/** True for an event that comes after the one whose id is given; for every event, when that is none of a job's ids. */
export function isAfter(id: string, lastId: string): boolean {
  const [place, last] = [toPlace(id), toPlace(lastId)];
  const i = place.findIndex((part, index) => part !== last[index]);
  return i >= 0 && (place[i] ?? 0) > (last[i] ?? 0);
}

function statusEvent(record: JobRecord, status: Exclude<Step, 'finished'>): ServerSentEvent {
  const { attempts, queuePosition, estimatedStartAt, timings } = record;
  const data: z.infer<typeof statusSchema> = {
    ...{ status, attempts, queuePosition, estimatedStartAt },
    startedAt: timings.startedAt,
  };
  return { id: idOf(record, status), type: 'status', data };
}

function idOf({ run, attempts }: JobRecord, step: Step): string {
  return `${run}.${attempts}.${steps[step]}`;
}

function toPlace(id: string): number[] {
  return /^\d{1,9}\.\d{1,9}\.[123]$/.test(id) ? id.split('.').map(Number) : [0, 0, 0];
}
