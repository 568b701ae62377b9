import { EarshotError, isJobId, jobStatuses, type JobFilter } from '#jobs';
import { z } from 'zod';

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

const schema = z.strictObject({
  status: z
    .string('must be given once')
    .transform((text) => text.split(','))
    .pipe(z.array(status))
    .optional(),
  model: z.string('must be given once').min(1, 'must be name or name@version').optional(),
  batch: z.string('must be given once').min(1, 'must be the id of a batch').optional(),
  limit: z
    .string('must be given once')
    .regex(/^[1-9]\d{0,2}$/, `must be a whole number from 1 to ${mostJobs}`)
    .transform(Number)
    .refine((limit) => limit <= mostJobs, `must be a whole number from 1 to ${mostJobs}`)
    .default(fewJobs),
  cursor: z
    .string('must be given once')
    .transform((text) => Buffer.from(text, 'base64url').toString('latin1'))
    .refine(isJobId, 'must be the nextCursor of the page before')
    .optional(),
});

/** @throws EarshotError `invalid_request` with all faults */
export function parseListJobsRequest(query: unknown): ListJobsRequest {
  const parsed = schema.safeParse(query);
  if (parsed.success) {
    const { status: statuses, model, batch, limit, cursor } = parsed.data;
    return { limit, after: cursor ?? null, filter: { statuses, model, batch } };
  }
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((pointer) => ({ pointer, detail: 'is no parameter of this request' }))
      : [{ pointer: String(issue.path[0]), detail: issue.message }],
  );
  const named = [...new Set(faults.map(({ pointer }) => pointer))].join(', ');
  throw new EarshotError('invalid_request', `Correct these parameters: ${named}.`, { faults });
}

/** What goes on after a job. Opaque to clients, and stable while jobs come and finish. */
export function toCursor(jobId: string): string {
  return Buffer.from(jobId, 'latin1').toString('base64url');
}
