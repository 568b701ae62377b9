import { errorTable, type EarshotError, type ErrorCode } from '#jobs';
import { z } from 'zod';

/** A code behind it makes the stable URI that names the error; docs/errors.md explains each. */
const typeRoot = 'urn:earshot:error:';

const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

/** An error as callers see it: RFC 9457, plus the code, and the faults of an invalid request. */
export const problemSchema = z
  .object({
    type: z.string().describe('A stable URI that names the kind of error: `urn:earshot:error:` and the code.'),
    title: z.string().describe('What is wrong, the same for every occurrence.'),
    status: z.int().describe('The HTTP status.'),
    detail: z.string().describe('What is wrong this time, and what to do.'),
    instance: z.string().describe('The path of the request.'),
    code: z.enum(errorCodes).describe('The end of `type`; docs/errors.md explains each.'),
    errors: z
      .array(
        z.object({
          detail: z.string(),
          pointer: z
            .string()
            .describe(
              'A JSON pointer to a field of the body or form, or to a parameter of the address; or the name of a header.',
            ),
        }),
      )
      .readonly()
      .optional()
      .describe('The faults of an invalid request.'),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' });
export type Problem = z.infer<typeof problemSchema>;

export const problemContentType = 'application/problem+json; charset=utf-8';

/** Seconds after which an outage may be over. */
const outageRetrySeconds = 2;

/** Seconds after which some of an owner's jobs may have ended. */
const quotaRetrySeconds = 5;

/** @param path of the request, without its query */
export function toProblem(error: EarshotError, path: string): Problem {
  const { status, title } = errorTable[error.code];
  return {
    type: typeRoot + error.code,
    title,
    status,
    detail: error.message,
    instance: path,
    code: error.code,
    ...(error.faults.length > 0 && { errors: error.faults }),
  };
}

/** The headers that go with a problem. */
export function problemHeaders({ status, code }: Problem): Record<string, string> {
  return {
    'content-type': problemContentType,
    ...(status === 503 && { 'retry-after': String(outageRetrySeconds) }),
    ...(code === 'job_quota_exceeded' && { 'retry-after': String(quotaRetrySeconds) }),
  };
}
