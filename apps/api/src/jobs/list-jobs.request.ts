import { isJobId, jobStatuses, jobViewSchema, type JobFilter } from '#jobs';
import { z } from 'zod';
import { wholeNumberField } from '../server/number-field.js';
import { parseQuery } from '../server/parse-query.js';

const mostJobs = 100;
const fewJobs = 20;

/** A page of jobs, as it is asked for. */
export interface ListJobsRequest {
  limit: number;
  /** The job after which it begins; null: the newest. */
  after: string | null;
  filter: JobFilter;
}

const status = z.enum(jobStatuses, { error: `must be some of ${jobStatuses.join(', ')}, with commas between them` });

/** The parameters of `GET /jobs`. */
export const listJobsSchema = z.strictObject({
  status: z
    .preprocess(
      (text) => (typeof text === 'string' ? text.split(',') : text),
      z.array(status, 'must be given once').min(1),
    )
    .optional()
    .describe('One or several, with commas.'),
  model: z
    .string('must be given once')
    .min(1, 'must be name, name@version or name@alias')
    .optional()
    .describe('`name`, `name@version` or `name@alias`: the version that the alias names now.'),
  batch: z
    .string('must be given once')
    .min(1, 'must be the id of a batch')
    .optional()
    .describe('Those of one batch, by its id.'),
  limit: wholeNumberField(1, mostJobs).default(fewJobs).describe('The most jobs of a page.'),
  cursor: z
    .string('must be given once')
    .transform((text) => Buffer.from(text, 'base64url').toString('latin1'))
    .refine(isJobId, 'must be the nextCursor of the page before')
    .optional()
    .describe('The `nextCursor` of the page before.'),
});

/** Some jobs, the newest first. */
export const jobsPageSchema = z
  .object({
    jobs: z.array(jobViewSchema),
    nextCursor: z.string().nullable().describe('For the next page, of older ones; null: there are none.'),
  })
  .meta({ id: 'Jobs' });
export type JobsPage = z.infer<typeof jobsPageSchema>;

/** @throws EarshotError `invalid_request` with all faults */
export function parseListJobsRequest(query: unknown): ListJobsRequest {
  const { status: statuses, model, batch, limit, cursor } = parseQuery(listJobsSchema, query);
  return { limit, after: cursor ?? null, filter: { statuses, model, batch } };
}

/** What goes on after a job. Opaque to clients, and stable while jobs come and finish. */
export function toCursor(jobId: string): string {
  return Buffer.from(jobId, 'latin1').toString('base64url');
}
