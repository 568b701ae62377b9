import type { Redis } from 'ioredis';
import { jobHashKey } from '../job-location.js';
import type { JobRecord } from '../job-record.js';
import { addDeliveries, deliveryIdOf, haveEnded, type DeliveriesQueue, type NewDelivery } from './delivery.js';
import { jobEventBody, toBegunRecord } from './event-body.js';
import type { JobEventType } from './event-schemas.js';
import { listWebhooks, type Webhook } from './webhook.js';
import { withinLimit } from './waiting-limit.js';
import { listensTo, type OwnWebhook, type WebhookEvent } from './webhook-events.js';

/** Something that has happened to a job or a batch, to be told to whoever listens. */
export interface Announced {
  owner: string;
  type: WebhookEvent;
  /** The id of the job or batch. */
  subject: string;
  /** Counts what has happened to the subject, from 1. The same event has the same number whenever it is told. */
  sequence: number;
  /** When it happened, in milliseconds since 1970. */
  at: number;
  /** The hash in Redis of the subject. */
  source: string;
  /** The webhook that was named with the subject. */
  own: OwnWebhook | null | undefined;
  /** The body is made only if anybody listens. */
  body: (event: { timestamp: string; sequence: number }) => string;
}

export interface AnnounceParts {
  redis: Redis;
  deliveries: DeliveriesQueue;
}

/**
 * Adds a delivery of each event for each webhook that listens. Safe to repeat: the ids follow from event and webhook, and
 * a delivery that has ended has left a note on its source.
 *
 * @param events of one subject
 * @returns how many deliveries were not known to have ended
 */
export async function announce(parts: AnnounceParts, events: readonly Announced[]): Promise<number> {
  const { redis, deliveries } = parts;
  const [first] = events;
  if (first === undefined) return 0;
  const { owner, source } = first;
  const webhooks = (await listWebhooks(redis, owner)).filter(({ disabled }) => disabled === null);
  const all = events.flatMap((event) => toDeliveries(event, webhooks));
  if (all.length === 0) return 0;
  const ended = await haveEnded(
    redis,
    source,
    all.map(({ id }) => id),
  );
  const left = all.filter((_delivery, i) => !ended[i]);
  if (left.length > 0) await addDeliveries(deliveries, await withinLimit(redis, left));
  return left.length;
}

function toDeliveries(event: Announced, webhooks: readonly Webhook[]): NewDelivery[] {
  const { owner, type, subject, sequence, at, source, own } = event;
  const registered = webhooks
    .filter(({ events }) => events.includes(type))
    .map(({ id }) => ({ webhook: id, url: null }));
  const targets = own && listensTo(own, type) ? [...registered, { webhook: null, url: own.url }] : registered;
  if (targets.length === 0) return [];
  const body = event.body({ timestamp: new Date(at).toISOString(), sequence });
  return targets.map((target) => ({
    id: deliveryIdOf(owner, target.webhook ?? `to ${target.url}`, subject, type, sequence),
    delivery: { owner, ...target, type, subject, at, source, body },
  }));
}

/** A job, the label of its queue, and the webhook that was named with it. */
export interface AnnouncedJob {
  record: JobRecord;
  label: string;
  own: OwnWebhook | null | undefined;
}

/**
 * Tells of the end of a job, and of its beginning where that could not be told before it left its queue.
 *
 * Each beginning and each end is an event, whether or not anybody listens, and the end of a run comes after all of its
 * beginnings: so the sequence follows from how often the job has begun, and in which run it is.
 */
export async function announceEnd(parts: AnnounceParts, job: AnnouncedJob): Promise<void> {
  const { status, attempts, run, timings } = job.record;
  if (status === 'queued' || status === 'running') return;
  const end = { type: `job.${status}`, sequence: attempts + run, at: timeOf(timings.finishedAt) } as const;
  await announce(parts, [...(timings.startedAt === null ? [] : [beginning(job, job.record)]), toAnnounced(job, end)]);
}

/** Tells that a job has begun for the n-th time. */
export async function announceBeginning(
  parts: AnnounceParts,
  job: AnnouncedJob,
  begun: { attempts: number; run: number },
): Promise<void> {
  await announce(parts, [beginning(job, begun)]);
}

function beginning(job: AnnouncedJob, { attempts, run }: { attempts: number; run: number }): Announced {
  const record = toBegunRecord(job.record, { attempts, run });
  const at = timeOf(record.timings.startedAt);
  return toAnnounced({ ...job, record }, { type: 'job.running', sequence: attempts + run - 1, at });
}

type JobMoment = Pick<Announced, 'sequence' | 'at'> & { type: JobEventType };

function toAnnounced({ record, label, own }: AnnouncedJob, moment: JobMoment): Announced {
  return {
    ...{ owner: record.owner, subject: record.id, source: jobHashKey({ label, jobId: record.id }), own },
    ...moment,
    body: (event) => jobEventBody({ type: moment.type, ...event }, record),
  };
}

function timeOf(text: string | null): number {
  return text === null ? Date.now() : Date.parse(text);
}
