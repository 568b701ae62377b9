import { EarshotError, isErrorCode, type ErrorCode } from './errors.js';

/** Why a job ended without a result. */
export interface JobFailure {
  code: ErrorCode;
  /** What was wrong this time, and what to do. */
  detail: string;
}

/** A failure as BullMQ keeps it: one line, the code first. */
export function toFailedReason(failure: JobFailure): string {
  return `${failure.code}: ${failure.detail}`;
}

/** Reads a failure back. A reason that is not ours (BullMQ's own stall limit, say) becomes `worker_lost` or `internal_error`. */
export function parseFailedReason(reason: string): JobFailure {
  const [, code, detail] = /^([a-z_]+): (.*)$/s.exec(reason) ?? [];
  if (code !== undefined && detail !== undefined && isErrorCode(code)) return { code, detail };
  if (reason.includes('stalled'))
    return { code: 'worker_lost', detail: 'Too many workers were lost while they ran this job; submit it again.' };
  return { code: 'internal_error', detail: 'The job failed for an unforeseen reason; the workers’ logs have it.' };
}

/** Any thrown value as a failure: a coded error keeps its words, everything else is `internal_error`. */
export function toFailure(error: unknown): JobFailure {
  if (error instanceof EarshotError) return { code: error.code, detail: error.message };
  return { code: 'internal_error', detail: 'An unforeseen error ended the attempt; the workers’ logs have it.' };
}
