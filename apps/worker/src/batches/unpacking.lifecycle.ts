import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DelayedError, UnrecoverableError, type Job, type Worker } from 'bullmq';
import { batchesQueueName, type UnpackPayload } from '#jobs';
import { openQueueWorker, type QueueWorkerParts } from '../open-queue-worker.js';
import { isPassing } from './is-passing.js';
import { unpackingPause } from './unpacking-pause.js';
import { unpackArchive, type UnpackArchiveParts } from './unpack-archive.js';

/** Archives unpacked at a time: each holds some 20 MiB. */
const concurrency = 2;
/** An archive that ends the process that reads it is given up after so many. */
const maxStalledCount = 10;
/** So often the unpacking of an archive may fail for something that nobody foresaw. */
const mostFailures = 10;

export type UnpackingParts = UnpackArchiveParts & QueueWorkerParts;

/** Unpacks the archives of batches, until the worker stops; what is under way then goes on elsewhere. */
export class UnpackingLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: Worker<UnpackPayload, void> | undefined;
  private readonly stopping = new AbortController();

  constructor(private readonly parts: UnpackingParts) {}

  onApplicationBootstrap(): void {
    const settings = {
      backoffStrategy: (attempts: number, _type?: string, error?: Error) => unpackingPause(attempts, error),
    };
    const options = { concurrency, maxStalledCount, settings };
    this.worker = openQueueWorker(this.parts, batchesQueueName, (job, token) => this.unpack(job, token), options);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(new Error('the worker stops'));
    await this.worker?.close();
  }

  /** May run twice, also at the same moment, after the worker was lost or held up. */
  private async unpack(job: Job<UnpackPayload, void>, token?: string): Promise<void> {
    const { log } = this.parts;
    const { batch: batchId } = job.data;
    try {
      await unpackArchive(this.parts, batchId, this.stopping.signal);
      log.info({ batchId }, 'archive unpacked');
    } catch (error) {
      log.warn({ batchId, error: String(error) }, 'archive not unpacked yet');
      if (this.stopping.signal.aborted) {
        await job.moveToDelayed(Date.now(), token);
        throw new DelayedError();
      }
      if (isPassing(error)) throw error;
      const failures = (job.data.failures ?? 0) + 1;
      if (failures >= mostFailures) throw new UnrecoverableError(String(error));
      await job.updateData({ ...job.data, failures });
      throw error;
    }
  }
}
