import { asBytes, withBody } from './bytes.js';
import type { Connection, OnceOptions, RequestOptions } from './connection.js';
import type { Job, JobEvent, operations, Result } from './description.js';
import { followEvents, type FollowOptions, type ServerSentEvent } from './follow.js';
import { asForm, toForm, toTexts } from './form.js';
import type { JobSubmission } from './job-submission.js';
import { listPages } from './pages.js';
import { pause } from './pause.js';
import { retryAfterMs } from './problem.js';

type JobsQuery = NonNullable<operations['listJobs']['parameters']['query']>;
/** Which jobs; without a field, those of every kind. `limit` is that of a page. */
export type JobsFilter = Omit<JobsQuery, 'cursor'>;

type StatusData = Extract<JobEvent, { startedAt: unknown }>;
type ProgressData = Exclude<JobEvent, StatusData | Job>;
/** What happened to a job: it waits or runs; its place has changed; it has ended. */
export type JobUpdate = ServerSentEvent &
  ({ type: 'status'; data: StatusData } | { type: 'progress'; data: ProgressData } | { type: 'finished'; data: Job });

export interface SubmitOptions extends OnceOptions {
  /** Seconds that the answer may wait for the end of the job, 60 at most. Default: none. */
  waitSeconds?: number | undefined;
}

const runWaitSeconds = 30;
const defaultLookMs = 1000;

/** True once nothing about a job will change by itself. */
export function isFinished({ status }: Pick<Job, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}

/** Jobs: one recording or image each, that is predicted with a model. */
export class JobsClient {
  constructor(private readonly connection: Connection) {}

  /** @returns the job once it and its input are durable; finished, where it was waited for and ended in time */
  submit(submission: JobSubmission, { waitSeconds, ...options }: SubmitOptions = {}): Promise<Job> {
    const { file, filename, bytes, url, upload, ...fields } = submission;
    const prefer = waitSeconds === undefined ? {} : { Prefer: `wait=${waitSeconds}` };
    const once = this.connection.once(options);
    const header = { ...once, ...prefer };
    return this.connection.call(
      (api, sending) => {
        if (bytes !== undefined)
          return api.POST('/jobs', { params: { query: toTexts(fields), header }, body: bytes, ...asBytes, ...sending });
        if (file === undefined)
          return api.POST('/jobs', {
            params: { header },
            body: { ...fields, input: { ...toTexts({ url, upload, filename }) } },
            ...sending,
          });
        const body = toForm(fields, [{ part: 'file', bytes: file, filename }]) as never;
        return api.POST('/jobs', { params: { header }, body, ...asForm, ...sending });
      },
      { ...withBody(bytes, options), isHarmless: 'Idempotency-Key' in once },
    );
  }

  /** Submits a job and waits until it has ended, however it did. */
  async run(submission: JobSubmission, options: OnceOptions = {}): Promise<Job> {
    const job = await this.submit(submission, { ...options, waitSeconds: runWaitSeconds });
    return isFinished(job) ? job : this.wait(job.id, options);
  }

  async get(id: string, options?: RequestOptions): Promise<Job> {
    return (await this.look(id, options)).data;
  }

  /** Waits until a job has ended, however it did; looks as often as the answers ask for. */
  async wait(id: string, options: RequestOptions = {}): Promise<Job> {
    for (;;) {
      const { data: job, response } = await this.look(id, options);
      if (isFinished(job)) return job;
      await pause(retryAfterMs(response) ?? defaultLookMs, this.connection.signalOf(options));
    }
  }

  /** The newest first, a page after the other as they are taken. */
  list(filter: JobsFilter = {}, options?: RequestOptions): AsyncGenerator<Job> {
    return listPages(
      (cursor) => {
        const query = { ...filter, ...cursor };
        return this.connection.read((api, sending) => api.GET('/jobs', { params: { query }, ...sending }), options);
      },
      ({ jobs }) => jobs,
    );
  }

  /** @returns the job as it is then: a running one stops soon after */
  cancel(id: string, options?: RequestOptions): Promise<Job> {
    const params = { path: { id } };
    return this.connection.call((api, sending) => api.POST('/jobs/{id}/cancel', { params, ...sending }), options);
  }

  /** Runs a failed, canceled or expired job again. */
  retry(id: string, options?: RequestOptions): Promise<Job> {
    const params = { path: { id } };
    return this.connection.call((api, sending) => api.POST('/jobs/{id}/retry', { params, ...sending }), options);
  }

  /** Takes away a finished job, its result and its input. */
  async delete(id: string, options?: RequestOptions): Promise<void> {
    const params = { path: { id } };
    await this.connection.call((api, sending) => api.DELETE('/jobs/{id}', { params, ...sending }), options);
  }

  /** What happens to a job until it has ended; taken up again where the stream breaks off. */
  events(id: string, options: FollowOptions = {}): AsyncGenerator<JobUpdate> {
    const open = (header: { 'Last-Event-ID'?: string }) =>
      this.connection.exchange(
        (api, sending) =>
          api.GET('/jobs/{id}/events', { params: { path: { id }, header }, parseAs: 'stream', ...sending }),
        { ...options, isHarmless: true },
      );
    return followEvents<JobUpdate>(open, options, this.connection.signalOf(options));
  }

  /** The bytes of the input as they come. */
  input(id: string, options?: RequestOptions): Promise<ReadableStream<Uint8Array>> {
    const request = { params: { path: { id } }, parseAs: 'stream' } as const;
    return this.connection.stream((api, sending) => api.GET('/jobs/{id}/input', { ...request, ...sending }), options);
  }

  /** The whole result; the job itself shows at most 100 segments and 20 scores. */
  result(id: string, options?: RequestOptions): Promise<Result> {
    const params = { path: { id } };
    return this.connection.read((api, sending) => api.GET('/jobs/{id}/result', { params, ...sending }), options);
  }

  /** The whole result as JSON, as it comes. */
  resultText(id: string, options?: RequestOptions): Promise<ReadableStream<Uint8Array>> {
    const request = { params: { path: { id } }, parseAs: 'stream' } as const;
    return this.connection.stream((api, sending) => api.GET('/jobs/{id}/result', { ...request, ...sending }), options);
  }

  private look(id: string, options?: RequestOptions): Promise<{ data: Job; response: Response }> {
    const params = { path: { id } };
    return this.connection.exchange((api, sending) => api.GET('/jobs/{id}', { params, ...sending }), {
      ...options,
      isHarmless: true,
    });
  }
}
