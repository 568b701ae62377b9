import type { JobRecord } from './job-record.js';

/** A job as callers see it; undefined fields are left out of the JSON. */
export type JobView = Omit<JobRecord, 'owner' | 'run' | 'resultKey'> & { links: Record<JobLink, string> };
type JobLink = 'self' | 'events' | 'cancel' | 'input' | 'result';

export function toJobView(record: JobRecord): JobView {
  const self = jobPath(record.id);
  const hidden = { owner: undefined, run: undefined, resultKey: undefined };
  return {
    ...record,
    ...hidden,
    links: {
      self,
      events: `${self}/events`,
      cancel: `${self}/cancel`,
      input: `${self}/input`,
      result: `${self}/result`,
    },
  };
}

/** Where a job is found. */
export function jobPath(id: string): string {
  return `/jobs/${id}`;
}

/** True once nothing about the job will change. */
export function isFinished({ status }: Pick<JobRecord, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}
