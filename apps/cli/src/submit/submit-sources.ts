import { ProblemError } from '../client/problem-error.js';
import type { EarshotClient, JobFields, RepeatOptions } from '../client/earshot-client.js';
import type { Job } from '../client/job.js';

/** Files under way at the same time. */
const atOnce = 4;

/** What becomes a job: a file on this machine, or what lies at an address. */
export type Source = { readonly file: string } | { readonly url: string };

/** What became of one source, `file` being its path or address: a job, or a refusal to make it one. */
export type Submission = { readonly file: string } & (
  { readonly job: Job; readonly refusal?: undefined } | { readonly job?: undefined; readonly refusal: ProblemError }
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
  options: RepeatOptions = {},
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
  options: RepeatOptions,
): Promise<Submission> {
  const file = 'file' in source ? source.file : source.url;
  try {
    const isFile = 'file' in source;
    return {
      file,
      job: await (isFile ? client.submit(file, fields, options) : client.submitUrl(file, fields, options)),
    };
  } catch (error) {
    if (error instanceof ProblemError) return { file, refusal: error };
    throw error;
  }
}
