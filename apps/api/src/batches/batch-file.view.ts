import { hasJob, jobPath } from '#jobs';
import { z } from 'zod';
import type { TakenFile } from './batch-intake.js';

const fields = { path: z.string(), sha256: z.string().nullable(), bytes: z.int().nullable() };

/** A line of the list of a batch's files; of a batch that was archived, it says more. */
export const batchFileSchema = z.object(fields).meta({ id: 'BatchFileLine' });

/** A file that was taken. */
export const batchFileViewSchema = z
  .object({
    ...fields,
    contentType: z.string().nullable().describe('Null for bytes that the model does not take.'),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    job: z.string().nullable().describe('Null for bytes that the model does not take.'),
    links: z.object({ job: z.string().optional() }),
  })
  .meta({ id: 'BatchFile' });
export type BatchFileView = z.infer<typeof batchFileViewSchema>;

export function toBatchFileView(path: string, { file, error }: TakenFile): BatchFileView {
  const { sha256, bytes, contentType, jobId } = file;
  const job = hasJob(file) ? jobId : null;
  return {
    ...{ path, sha256, bytes, contentType, error: error ?? null, job },
    links: job === null ? {} : { job: jobPath(job) },
  };
}
