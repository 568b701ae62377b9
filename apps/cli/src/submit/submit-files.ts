import { ProblemError } from '../client/problem-error.js';
import type { EarshotClient } from '../client/earshot-client.js';
import type { Job } from '../client/job.js';

/** Files under way at the same time. */
const atOnce = 4;

/** What became of one file: a job, or a refusal to make it one. */
export type Submission = { readonly file: string } & (
  { readonly job: Job; readonly refusal?: undefined } | { readonly job?: undefined; readonly refusal: ProblemError }
);

/**
 * Submits every file as a job of its own, a few at a time. A refused file does not stop the others.
 *
 * @returns one submission a file, in the order of the files
 */
export async function submitFiles(
  client: EarshotClient,
  files: readonly string[],
  model: string,
): Promise<Submission[]> {
  const submissions: Submission[] = [];
  const waiting = files.entries();
  const submitNext = async () => {
    for (const [i, file] of waiting) submissions[i] = await submitFile(client, file, model);
  };
  await Promise.all(Array.from({ length: atOnce }, submitNext));
  return submissions;
}

async function submitFile(client: EarshotClient, file: string, model: string): Promise<Submission> {
  try {
    return { file, job: await client.submit(file, model) };
  } catch (error) {
    if (error instanceof ProblemError) return { file, refusal: error };
    throw error;
  }
}
