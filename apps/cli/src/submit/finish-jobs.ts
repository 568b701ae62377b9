import { setTimeout as delay } from 'node:timers/promises';
import { isFinished, type EarshotClient } from '#client';
import type { Submission } from './submit-sources.js';

const pollMs = 100;
/** Jobs asked about at the same time: the oldest, which are the next to finish. */
const atOnce = 8;

/**
 * Waits until every job is finished.
 *
 * @param onProgress called after each look with the number of files that nothing more will happen to
 * @returns the submissions with their jobs as they ended
 */
export async function finishJobs(
  client: EarshotClient,
  submissions: readonly Submission[],
  onProgress: (done: number) => void,
): Promise<Submission[]> {
  const current = [...submissions];
  let open = openIn(current);
  while (open.length > 0) {
    onProgress(current.length - open.length);
    await Promise.all(
      open.slice(0, atOnce).map(async (i) => (current[i] = await look(client, current[i] as Submission))),
    );
    const left = openIn(current);
    if (left.length === open.length) await delay(pollMs);
    open = left;
  }
  onProgress(current.length);
  return current;
}

/** The places of the submissions whose jobs are unfinished. */
function openIn(submissions: readonly Submission[]): number[] {
  return submissions.flatMap(({ job }, i) => (job && !isFinished(job) ? [i] : []));
}

async function look(client: EarshotClient, submission: Submission): Promise<Submission> {
  if (!submission.job) return submission;
  return { file: submission.file, job: await client.jobs.get(submission.job.id) };
}
