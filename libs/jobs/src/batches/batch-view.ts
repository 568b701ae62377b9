import { z } from 'zod';
import type { BatchCounts } from './batch-counts.js';
import type { Batch } from './batch.js';
import { closesAt } from './idle-batch.js';

const time = z.iso.datetime();
const count = z.int().min(0);
const path = z.string();

/** A batch as callers see it. */
export const batchViewSchema = z
  .object({
    id: z.string(),
    status: z
      .enum(['open', 'running', 'finished', 'canceled'])
      .describe('It is over once it has finished; a canceled one may have files that are just ending.'),
    model: z.object({ name: z.string(), version: z.string(), digest: z.string() }),
    counts: z
      .object({
        ...{ total: count, queued: count, running: count },
        ...{ succeeded: count, failed: count, canceled: count, expired: count },
      })
      .describe('How many of its files are where; they add up to `total`.'),
    reuse: z.boolean(),
    metadata: z.record(z.string(), z.unknown()),
    createdAt: time,
    closedAt: time.nullable(),
    closesAt: time
      .nullable()
      .describe('When it closes by itself unless another file comes; null once it is closed, or while it is unpacked.'),
    canceledAt: time.nullable(),
    unpacking: z
      .object({
        status: z.enum(['running', 'done', 'refused', 'canceled']),
        entries: count.describe('How many entries of the archive are done, folders among them.'),
        error: z.object({ code: z.string(), detail: z.string() }).nullable().describe('Why the archive was refused.'),
      })
      .nullable()
      .describe(
        'How far the archive is unpacked that the batch was opened with; null for one that was opened without.',
      ),
    finishedAt: time.nullable().describe('When its last file had ended, and no more could come.'),
    links: z.object({
      ...{ self: path, files: path, results: path, events: path },
      ...{ close: path, cancel: path, retry: path },
    }),
  })
  .meta({ id: 'Batch', description: 'A folder of recordings; each file has a job of its own.' });
export type BatchView = z.infer<typeof batchViewSchema>;
export type BatchStatus = BatchView['status'];

export function toBatchView(batch: Batch, counts: BatchCounts): BatchView {
  const { id, model, reuse, metadata } = batch;
  const self = batchPath(id);
  return {
    ...{ id, status: statusOf(batch), model, counts, reuse, metadata },
    createdAt: new Date(batch.createdAt).toISOString(),
    closedAt: toTime(batch.closedAt),
    closesAt: toTime(closesAt(batch)),
    canceledAt: toTime(batch.canceledAt),
    unpacking: toUnpackingView(batch),
    finishedAt: toTime(batch.finishedAt),
    links: {
      self,
      files: `${self}/files`,
      results: `${self}/results`,
      events: `${self}/events`,
      close: `${self}/close`,
      cancel: `${self}/cancel`,
      retry: `${self}/retry`,
    },
  };
}

/** What is canceled is not unpacked any more, whether or not the worker has said so. */
function toUnpackingView({ unpacking, canceledAt }: Batch): BatchView['unpacking'] {
  if (!unpacking) return null;
  const { state, entries, error } = unpacking;
  return { status: state === 'running' && canceledAt !== null ? 'canceled' : state, entries, error };
}

/** Where a batch is found. */
export function batchPath(id: string): string {
  return `/batches/${id}`;
}

function statusOf({ closedAt, canceledAt, finishedAt }: Batch): BatchStatus {
  if (canceledAt !== null) return 'canceled';
  if (finishedAt !== null) return 'finished';
  return closedAt === null ? 'open' : 'running';
}

function toTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
