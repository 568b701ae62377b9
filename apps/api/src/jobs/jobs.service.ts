import type { Readable } from 'node:stream';
import { EarshotError, endJob, findQueuedJob, inputKey, isJobId, readJob, type JobPlaces, type JobRecord } from '#jobs';
import { isFinished } from './job.view.js';

/** The jobs there are: reading one, ending one, and the bytes that belong to it. */
export class JobsService {
  constructor(private readonly places: JobPlaces) {}

  /** @throws EarshotError `job_not_found` */
  async require(owner: string, id: string): Promise<JobRecord> {
    const record = isJobId(id) ? await readJob(this.places, owner, id) : null;
    if (record === null)
      throw new EarshotError('job_not_found', 'There is no job of that id; POST /jobs answers with those it makes.');
    return record;
  }

  /** @throws EarshotError `job_finished` or `job_not_found` */
  async cancel(owner: string, id: string): Promise<JobRecord> {
    const { redis } = this.places;
    const queued = isJobId(id) ? await findQueuedJob(redis, owner, id) : null;
    const failure = { code: 'job_canceled', detail: 'It was canceled before it ended.' } as const;
    const outcome = queued && (await endJob(redis, { label: queued.label, jobId: id }, failure, { queuedOnly: false }));
    const record = await this.require(owner, id);
    if (outcome !== 'ended')
      throw new EarshotError('job_finished', `The job has ${record.status}; there is nothing to cancel.`);
    return record;
  }

  /** The input's bytes, to be read to the end or destroyed. */
  async openInput(record: JobRecord): Promise<Readable> {
    const detail = 'The bytes are gone; the job’s record is all that is left.';
    return this.open(inputKey(record.owner, record.id), new EarshotError('input_missing', detail));
  }

  /** The whole result as JSON, to be read to the end or destroyed. */
  async openResult(record: JobRecord): Promise<Readable> {
    const detail = isFinished(record) ? `The job has ${record.status}.` : 'The job has not finished; ask again later.';
    const missing = new EarshotError('result_not_found', detail);
    if (record.resultKey === null) throw missing;
    return this.open(record.resultKey, missing);
  }

  private async open(key: string, missing: EarshotError): Promise<Readable> {
    try {
      return await this.places.store.stream(key);
    } catch (error) {
      throw error instanceof Error && error.name === 'ObjectMissingError' ? missing : error;
    }
  }
}
