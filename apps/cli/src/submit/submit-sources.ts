import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { EarshotProblem, type EarshotClient, type Job, type JobFields, type OnceOptions } from '#client';
import { CommandError } from '../command-error.js';

/** Files under way at the same time. */
const atOnce = 4;

/** What becomes a job: a file on this machine, or what lies at an address. */
export type Source = { readonly file: string } | { readonly url: string };

/** What became of one source, `file` being its path or address: a job, or a refusal to make it one. */
export type Submission = { readonly file: string } & (
  { readonly job: Job; readonly refusal?: undefined } | { readonly job?: undefined; readonly refusal: EarshotProblem }
);

export interface SubmitHow extends Pick<OnceOptions, 'idempotencyKey'> {
  /** Once aborted, nothing more is begun; what is under way comes to its end. Default: never. */
  signal?: AbortSignal | undefined;
  /** Called with each submission as it is made, whatever becomes of the others. */
  onSubmission?: (submission: Submission) => void;
}

/**
 * Submits every source as a job of its own, a few at a time. One that is refused does not stop the others.
 *
 * @returns one submission a source, in their order
 * @throws what stopped it, once nothing is under way any more
 */
export async function submitSources(
  client: EarshotClient,
  sources: readonly Source[],
  fields: JobFields,
  { signal, onSubmission, idempotencyKey }: SubmitHow = {},
): Promise<Submission[]> {
  const submissions: Submission[] = [];
  const waiting = sources.entries();
  const failures: unknown[] = [];
  const submitNext = async () => {
    for (const [i, source] of waiting) {
      if (failures.length > 0) return;
      signal?.throwIfAborted();
      const submission = await submitSource(client, source, fields, { idempotencyKey });
      submissions[i] = submission;
      onSubmission?.(submission);
    }
  };
  const remember = (error: unknown) => void failures.push(error);
  await Promise.all(Array.from({ length: atOnce }, () => submitNext().catch(remember)));
  if (failures.length > 0) throw failures[0];
  return submissions;
}

async function submitSource(
  client: EarshotClient,
  source: Source,
  fields: JobFields,
  options: OnceOptions,
): Promise<Submission> {
  const file = 'file' in source ? source.file : source.url;
  try {
    const input = 'file' in source ? { file: await openFile(file), filename: basename(file) } : { url: file };
    return { file, job: await client.jobs.submit({ ...fields, ...input }, options) };
  } catch (error) {
    if (error instanceof EarshotProblem) return { file, refusal: error };
    throw error;
  }
}

async function openFile(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch (cause) {
    throw new CommandError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
