import type { Redis } from 'ioredis';
import { redisKey } from '../queues.js';
import { z } from 'zod';

/** The audit log: acts, the oldest first (a stream). */
export const auditKey = redisKey('audit');

/** About so many acts are kept; older ones are in the logs of the API only. */
const mostActs = 10_000;

export const auditActs = [
  'key.create',
  'key.revoke',
  'owner.set-limits',
  'model.register',
  'model.set-alias',
  'model.remove-alias',
  'model.remove-version',
] as const;

const fieldsSchema = z.object({
  act: z.enum(auditActs),
  owner: z.string(),
  /** Of the key that was used; empty: the key of the settings, or none. */
  keyId: z.string().transform((text) => text || null),
  subject: z.string().transform((text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
  requestId: z.string(),
});

/** Something that somebody did which changes what others may do, or get. Holds no secrets. */
export interface AuditEntry {
  act: (typeof auditActs)[number];
  /** Who did it. */
  owner: string;
  keyId: string | null;
  /** What it was done to, such as `{"key": "key_..."}`. */
  subject: Record<string, unknown>;
  requestId: string;
}

/** Adds an act, and lets the oldest go when there are too many. */
export async function addToAudit(redis: Redis, { subject, keyId, ...entry }: AuditEntry): Promise<void> {
  const fields = Object.entries({ ...entry, keyId: keyId ?? '', subject: JSON.stringify(subject) }).flat();
  await redis.xadd(auditKey, 'MAXLEN', '~', mostActs, '*', ...fields);
}

/** An act as it was kept: the entry's id in the stream begins with its time in milliseconds. */
export interface KeptAuditEntry extends AuditEntry {
  id: string;
  at: number;
}

const idPattern = /^\d{1,15}-\d{1,10}$/;

export function isAuditId(text: string): boolean {
  return idPattern.test(text);
}

/**
 * Acts, the newest first.
 *
 * @param before only those older than the one of this id
 */
export async function readAudit(redis: Redis, limit: number, before: string | null): Promise<KeptAuditEntry[]> {
  const found = await redis.xrevrange(auditKey, before === null ? '+' : `(${before}`, '-', 'COUNT', limit);
  return found.map(([id, fields]) => ({ ...fieldsSchema.parse(toRecord(fields)), id, at: Number(id.split('-')[0]) }));
}

function toRecord(fields: string[]): Record<string, string | undefined> {
  return Object.fromEntries(fields.flatMap((name, at) => (at % 2 === 0 ? [[name, fields[at + 1]]] : [])));
}
