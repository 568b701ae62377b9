import { z } from 'zod';
import { jobRecordSchema, type JobRecord } from './job-record.js';

const path = z.string();

/** A job as callers see it; undefined fields are left out of the JSON. */
export const jobViewSchema = jobRecordSchema
  .omit({ owner: true, run: true, resultKey: true })
  .extend({ links: z.object({ self: path, events: path, cancel: path, input: path, result: path }) })
  .meta({ id: 'Job', description: 'One recording or image that is predicted with one model.' });
export type JobView = z.infer<typeof jobViewSchema>;

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
