import type { Redis } from 'ioredis';
import { z } from 'zod';
import { readJobSnapshot, jobStatuses } from '../job-snapshot.js';
import { hasJob, listFiles, type BatchEntry } from './batch-files.js';
import type { Batch } from './batch.js';

/** How one file of a batch fares, as a line of its results. */
export const resultLineSchema = z
  .object({
    path: z.string(),
    status: z.enum(jobStatuses),
    label: z.string().nullable(),
    score: z.number().nullable(),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    sha256: z.string().nullable().describe('Null while the bytes are yet to be obtained, or if there are none.'),
    bytes: z.number().nullable(),
    job: z.string().nullable().describe('Null for bytes that the model does not take.'),
  })
  .meta({ id: 'BatchResult', description: 'How one file of a batch fares.' });
export type ResultLine = z.infer<typeof resultLineSchema>;

/** One line a file, in the order in which they came, read as they are asked for. */
export async function* resultLines(redis: Redis, batch: Pick<Batch, 'id' | 'label'>): AsyncGenerator<ResultLine> {
  for await (const page of listFiles(redis, batch.id))
    yield* await Promise.all(page.map((entry) => toLine(redis, batch.label, entry)));
}

async function toLine(redis: Redis, label: string, entry: BatchEntry): Promise<ResultLine> {
  const { path, end, sha256, bytes, jobId } = entry;
  // One that has just ended is told as ended a moment later.
  const status = end?.status ?? (await readJobSnapshot(redis, { label, jobId }))?.status;
  return {
    path,
    status: status === undefined || status === 'again' ? 'queued' : status,
    label: end?.label ?? null,
    score: end?.score ?? null,
    error: end?.error ?? null,
    sha256: sha256 ?? end?.sha256 ?? null,
    bytes: bytes ?? end?.bytes ?? null,
    job: hasJob(entry) ? jobId : null,
  };
}
