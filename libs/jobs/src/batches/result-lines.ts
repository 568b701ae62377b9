import type { Redis } from 'ioredis';
import { z } from 'zod';
import { readJobSnapshot, jobStatuses } from '../job-snapshot.js';
import { hasJob, listFiles, readFiles, type BatchEntry } from './batch-files.js';
import type { Batch } from './batch.js';
import type { EndOfFile } from './file-ends.js';

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

type BatchPlace = Pick<Batch, 'id' | 'label'>;

/** One line a file, in the order in which they came, read as they are asked for. */
export async function* resultLines(redis: Redis, batch: BatchPlace): AsyncGenerator<ResultLine> {
  for await (const page of listFiles(redis, batch.id))
    yield* await Promise.all(page.map((entry) => toLine(redis, batch, entry)));
}

async function toLine(redis: Redis, batch: BatchPlace, entry: BatchEntry): Promise<ResultLine> {
  const { path, sha256, bytes, jobId } = entry;
  const end = entry.end ?? (await endNow(redis, batch, entry));
  return {
    path,
    status: end.status === 'again' ? 'queued' : end.status,
    label: end.label ?? null,
    score: end.score ?? null,
    error: end.error ?? null,
    sha256: sha256 ?? end.sha256 ?? null,
    bytes: bytes ?? end.bytes ?? null,
    job: hasJob(entry) ? jobId : null,
  };
}

type EndNow = Partial<Omit<EndOfFile, 'status'>> & Pick<EndOfFile | ResultLine, 'status'>;

/** How a file fares whose end was not told. One that has just succeeded runs until it is, as its label is read then. */
async function endNow(redis: Redis, batch: BatchPlace, { path, jobId }: BatchEntry): Promise<EndNow> {
  const job = await readJobSnapshot(redis, { label: batch.label, jobId });
  if (job) return { status: job.status === 'succeeded' ? 'running' : job.status, error: job.failure };
  // A job leaves its queue once its end is told, which it may have been meanwhile.
  const [file] = await readFiles(redis, batch.id, [path]);
  return file?.end ?? { status: 'queued' };
}
