import { setTimeout as delay } from 'node:timers/promises';
import { isFinished, type EarshotClient } from '#client';
import type { Submission } from './submit-sources.js';

const pollMs = 100;
/** Jobs asked about at the same time: the oldest, which are the next to finish. */
const atOnce = 8;

/**
 * Waits until every job is finished.
 *
 * @param onProgress called after each look with the number of files that nothing more will happen to, and all as they are
 * @param signal ends the waiting
 * @returns the submissions with their jobs as they ended
 */
export async function finishJobs(
  client: EarshotClient,
  submissions: readonly Submission[],
  onProgress: (done: number, submissions: readonly Submission[]) => void,
  signal?: AbortSignal,
): Promise<Submission[]> {
  const current = [...submissions];
  let open = openIn(current);
  while (open.length > 0) {
    onProgress(current.length - open.length, current);
    await Promise.all(
      open.slice(0, atOnce).map(async (i) => (current[i] = await look(client, current[i] as Submission, signal))),
    );
    const left = openIn(current);
    if (left.length === open.length) await delay(pollMs, undefined, { signal });
    open = left;
  }
  onProgress(current.length, current);
  return current;
}

/** The places of the submissions whose jobs are unfinished. */
function openIn(submissions: readonly Submission[]): number[] {
  return submissions.flatMap(({ job }, i) => (job && !isFinished(job) ? [i] : []));
}

async function look(client: EarshotClient, submission: Submission, signal?: AbortSignal): Promise<Submission> {
  if (!submission.job) return submission;
  return { file: submission.file, job: await client.jobs.get(submission.job.id, { signal }) };
}
