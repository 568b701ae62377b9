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

/**
 * Submits every source as a job of its own, a few at a time. One that is refused does not stop the others.
 *
 * @returns one submission a source, in their order
 */
export async function submitSources(
  client: EarshotClient,
  sources: readonly Source[],
  fields: JobFields,
  options: OnceOptions = {},
): Promise<Submission[]> {
  const submissions: Submission[] = [];
  const waiting = sources.entries();
  const submitNext = async () => {
    for (const [i, source] of waiting) submissions[i] = await submitSource(client, source, fields, options);
  };
  await Promise.all(Array.from({ length: atOnce }, submitNext));
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
