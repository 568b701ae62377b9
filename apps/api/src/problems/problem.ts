import { errorTable, type EarshotError, type ErrorCode, type RequestFault } from '#jobs';

/** A code behind it makes the stable URI that names the error; docs/errors.md explains each. */
const typeRoot = 'urn:earshot:error:';

/** An error as callers see it: RFC 9457, plus the code, and the faults of an invalid request. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The request's path. */
  instance: string;
  code: ErrorCode;
  errors?: readonly RequestFault[];
}

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
