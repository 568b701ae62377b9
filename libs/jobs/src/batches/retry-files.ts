import type { JobPlaces } from '../read-job.js';
import { retryJob } from '../retry-job.js';
import { hasJob, listFiles } from './batch-files.js';
import type { Batch } from './batch.js';

/** Jobs queued again at the same time: each reads its record from the archive. */
const atOnce = 16;

/** Runs the failed files of a batch again. Safe to repeat: those that run already are left alone. */
export async function retryFiles(places: JobPlaces, { owner, id }: Pick<Batch, 'owner' | 'id'>): Promise<void> {
  for await (const page of listFiles(places.redis, id)) {
    const failed = page.filter((file) => file.end?.status === 'failed' && hasJob(file)).values();
    const retryNext = async () => {
      for (const { jobId } of failed) await retryJob(places, owner, jobId);
    };
    await Promise.all(Array.from({ length: atOnce }, retryNext));
  }
}
