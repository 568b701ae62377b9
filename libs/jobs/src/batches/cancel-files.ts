import type { Redis } from 'ioredis';
import { endJob } from '../end-job.js';
import { listFiles } from './batch-files.js';
import type { Batch } from './batch.js';

const failure = { code: 'job_canceled', detail: 'Its batch was canceled before it ended.' } as const;

/**
 * Ends the jobs of a batch that have not ended; they are counted as canceled once that is told. Safe to repeat. Of a file
 * whose job is just being added nothing is ended: whoever looks after the batch comes back for it.
 *
 * @returns how many jobs this call ended
 */
export async function cancelFiles(redis: Redis, { id, label }: Pick<Batch, 'id' | 'label'>): Promise<number> {
  let ended = 0;
  for await (const page of listFiles(redis, id)) {
    const open = page.filter(({ end }) => end === null);
    const outcomes = await Promise.all(
      open.map(({ jobId }) => endJob(redis, { label, jobId }, failure, { queuedOnly: false })),
    );
    ended += outcomes.filter((outcome) => outcome === 'ended').length;
  }
  return ended;
}
