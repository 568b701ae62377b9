import type { OwnLimits } from '#jobs';
import { z } from 'zod';
import { rateLimitPattern } from './rate-limit.js';

const count = (what: string, largest: number) =>
  z
    .int(`must be a whole number of ${what} from 1, or null for any number`)
    .min(1, `must be a whole number of ${what} from 1, or null for any number`)
    .max(largest, `must be at most ${largest}`)
    .nullable()
    .optional();

/** The body of `PUT /owners/{owner}/limits`. */
export const setOwnLimitsSchema = z.strictObject({
  rateLimit: z
    .string('must be requests/seconds, such as 500/10, or null for any number')
    .regex(rateLimitPattern, 'must be requests/seconds, such as 500/10, or null for any number')
    .nullable()
    .optional()
    .describe('Requests in so many seconds, such as `500/10`.'),
  quotaJobs: count('jobs', 1e9).describe('Unfinished jobs.'),
  quotaBytes: count('bytes', 2 ** 49).describe('Bytes of inputs, uploads and results.'),
});

/** An owner's own limits. */
export const ownLimitsViewSchema = setOwnLimitsSchema
  .extend({ owner: z.string() })
  .meta({ id: 'OwnLimits', description: 'What is not there is as the settings say; null: no limit.' });
export type OwnLimitsView = z.infer<typeof ownLimitsViewSchema>;

export function toOwnLimits({ rateLimit, quotaJobs, quotaBytes }: z.infer<typeof setOwnLimitsSchema>): OwnLimits {
  const [requests = '', windowSeconds = ''] = rateLimit?.split('/') ?? [];
  const rate = { requests: Number(requests), windowSeconds: Number(windowSeconds) };
  return { rateLimit: rateLimit == null ? rateLimit : rate, jobs: quotaJobs, bytes: quotaBytes };
}

export function toOwnLimitsView(owner: string, { rateLimit, jobs, bytes }: OwnLimits): OwnLimitsView {
  const rate = rateLimit ? `${rateLimit.requests}/${rateLimit.windowSeconds}` : rateLimit;
  return { owner, rateLimit: rate, quotaJobs: jobs, quotaBytes: bytes };
}
