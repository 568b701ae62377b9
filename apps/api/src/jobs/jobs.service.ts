import type { Readable } from 'node:stream';
import {
  deleteJob,
  EarshotError,
  endJob,
  findQueuedJob,
  inputKey,
  isFinished,
  isJobId,
  jobPath,
  type JobPage,
  type JobPlaces,
  type JobRecord,
  listJobs,
  type PresignedGet,
  type QuotaLimits,
  readJob,
  requireRoom,
  retryJob,
  type RetryOutcome,
} from '#jobs';
import type { ListJobsRequest } from './list-jobs.request.js';

/** For how long an address of the object store is good: a transfer that has begun goes on. */
const addressSeconds = 300;

/** Bytes in the object store. Both throw an EarshotError when they are gone. */
export interface StoredBytes {
  /** To be read to the end or destroyed. */
  open(): Promise<Readable>;
  /** Where the caller gets them from the object store itself, for a while; null when it is not open to callers. */
  presign(as: Pick<PresignedGet, 'contentType' | 'disposition'>): Promise<string | null>;
}

/** The jobs there are: reading one, ending one, and the bytes that belong to it. */
export class JobsService {
  /** @param quotas of each owner */
  constructor(
    private readonly places: JobPlaces,
    private readonly quotas: QuotaLimits,
  ) {}

  /** @throws EarshotError `job_not_found` */
  async require(owner: string, id: string): Promise<JobRecord> {
    const record = isJobId(id) ? await readJob(this.places, owner, id) : null;
    if (record === null) throw noSuchJob();
    return record;
  }

  /** A page of the owner's jobs, the newest first. */
  list(owner: string, request: ListJobsRequest): Promise<JobPage> {
    return listJobs(this.places, owner, request);
  }

  /** @throws EarshotError `job_finished` or `job_not_found` */
  async cancel(owner: string, id: string): Promise<JobRecord> {
    const { redis } = this.places;
    const queued = isJobId(id) ? await findQueuedJob(redis, owner, id) : null;
    const failure = { code: 'job_canceled', detail: 'It was canceled before it ended.' } as const;
    const outcome = queued && (await endJob(redis, { label: queued.label, jobId: id }, failure, { queuedOnly: false }));
    const record = await this.require(owner, id);
    if (outcome !== 'ended')
      throw new EarshotError('job_finished', `The job ${endOf(record)}; there is nothing to cancel.`);
    return record;
  }

  /** @throws EarshotError that says why it is not queued again */
  async retry(owner: string, id: string): Promise<JobRecord> {
    await requireRoom(this.places.redis, owner, 0, { jobs: this.quotas.jobs, bytes: null });
    const outcome = isJobId(id) ? await retryJob(this.places, owner, id) : 'missing';
    if (outcome !== 'retried') throw refusalToRetry(outcome);
    return this.require(owner, id);
  }

  /** @throws EarshotError `job_unfinished` or `job_not_found` */
  async delete(owner: string, id: string): Promise<void> {
    const outcome = isJobId(id) ? await deleteJob(this.places, owner, id) : 'missing';
    if (outcome === 'missing') throw noSuchJob();
    if (outcome === 'unfinished')
      throw new EarshotError('job_unfinished', 'The job has not ended; cancel it first, or wait for its end.');
  }

  /** The input's bytes. */
  input(record: JobRecord): StoredBytes {
    const detail = 'The bytes are gone; the job’s record is all that is left.';
    return this.bytesAt(inputKey(record.owner, record.id), new EarshotError('input_missing', detail));
  }

  /** The whole result as JSON. @throws EarshotError `result_not_found` */
  result(record: JobRecord): StoredBytes {
    const missing = new EarshotError('result_not_found', whyNoResult(record));
    if (record.resultKey === null) throw missing;
    return this.bytesAt(record.resultKey, missing);
  }

  private bytesAt(key: string, missing: EarshotError): StoredBytes {
    const { store } = this.places;
    return {
      async open() {
        try {
          return await store.stream(key);
        } catch (error) {
          throw error instanceof Error && error.name === 'ObjectMissingError' ? missing : error;
        }
      },
      async presign(as) {
        const url = await store.presignGet(key, { ...as, seconds: addressSeconds });
        if (url !== null && (await store.head(key)) === null) throw missing;
        return url;
      },
    };
  }
}

function endOf({ status }: JobRecord): string {
  return status === 'canceled' ? 'was canceled' : `has ${status}`;
}

function whyNoResult(record: JobRecord): string {
  const path = jobPath(record.id);
  if (!isFinished(record)) return 'The job has not ended; ask again once it has.';
  if (record.status === 'succeeded') return 'The job’s result is gone; submit the input again.';
  return `The job ${endOf(record)} and has no result; GET ${path} says why, POST ${path}/retry runs it again.`;
}

function noSuchJob(): EarshotError {
  return new EarshotError('job_not_found', 'There is no job of that id; POST /jobs answers with those it makes.');
}

function refusalToRetry(outcome: Exclude<RetryOutcome, 'retried'>): EarshotError {
  switch (outcome) {
    case 'missing':
      return noSuchJob();
    case 'unfinished':
      return new EarshotError('job_unfinished', 'The job has not ended; it can be retried once it has.');
    case 'succeeded':
      return new EarshotError('job_finished', 'The job has succeeded; submit the input again for another result.');
    case 'input-missing':
      return new EarshotError('input_missing', 'The bytes are gone; submit the input again.');
    case 'not-kept':
      return new EarshotError('job_finished', 'An earlier version archived the job; submit the input again.');
  }
}
