import type { BatchCounts } from './batch-counts.js';
import type { Batch } from './batch.js';

/** A batch is over once it has finished; a canceled one may have files that are just ending. */
export type BatchStatus = 'open' | 'running' | 'finished' | 'canceled';

/** A batch as callers see it. */
export interface BatchView {
  id: string;
  status: BatchStatus;
  model: Batch['model'];
  counts: BatchCounts;
  reuse: boolean;
  metadata: Record<string, unknown>;
  createdAt: string;
  closedAt: string | null;
  canceledAt: string | null;
  /** When its last file had ended, and no more could come. */
  finishedAt: string | null;
  links: Record<'self' | 'files' | 'results' | 'events' | 'close' | 'cancel' | 'retry', string>;
}

export function toBatchView(batch: Batch, counts: BatchCounts): BatchView {
  const { id, model, reuse, metadata } = batch;
  const self = batchPath(id);
  return {
    ...{ id, status: statusOf(batch), model, counts, reuse, metadata },
    createdAt: new Date(batch.createdAt).toISOString(),
    closedAt: toTime(batch.closedAt),
    canceledAt: toTime(batch.canceledAt),
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
