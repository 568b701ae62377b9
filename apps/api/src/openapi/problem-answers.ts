import { EarshotError, errorTable, type ErrorCode } from '#jobs';
import type { Need } from '../access/needs-scope.js';
import { toProblem } from '../problems/problem.js';
import type { AnswerHeader } from './answer-headers.js';

/** What any route may answer that takes a body of JSON. */
export const jsonProblems = ['upload_timeout'] as const satisfies readonly ErrorCode[];

/** What any route may answer that receives bytes for the store. */
export const receivingProblems = [
  ...['upload_timeout', 'upload_interrupted', 'input_too_large', 'empty_input'],
  ...['queue_unavailable', 'store_unavailable'],
] as const satisfies readonly ErrorCode[];

/** What any route may answer that makes something once for each `Idempotency-Key`. */
export const idempotencyProblems = [
  'idempotency_key_in_use',
  'idempotency_key_reused',
] as const satisfies readonly ErrorCode[];

/** Of requests that cannot be read, of rates, and of faults of ours. */
const everywhere: readonly ErrorCode[] = [
  ...(['invalid_request', 'request_timeout', 'headers_too_large', 'uri_too_long'] as const),
  ...(['rate_limited', 'internal_error'] as const),
];
/** Of an API that asks for keys; while Redis is away it knows few of them. */
const withKeys: readonly ErrorCode[] = ['key_missing', 'key_unknown', 'scope_missing', 'queue_unavailable'];
/** Of an API that asks for none, and so answers only this machine. */
const withoutKeys: readonly ErrorCode[] = ['host_not_allowed', 'origin_not_allowed', 'proxy_not_allowed'];

/** Codes of one status. */
export interface ProblemAnswer {
  status: number;
  codes: readonly ErrorCode[];
}

/**
 * What a route may be refused for.
 *
 * @param own what it says of itself
 * @returns sorted by status and by code
 */
export function problemAnswers(own: readonly ErrorCode[], need: Need): ProblemAnswer[] {
  const codes = [...new Set([...everywhere, ...withoutKeys, ...(need === 'no key' ? [] : withKeys), ...own])].sort();
  const statuses = [...new Set(codes.map((code) => errorTable[code].status))].sort((a, b) => a - b);
  return statuses.map((status) => ({ status, codes: codes.filter((code) => errorTable[code].status === status) }));
}

export function problemDescription({ codes }: ProblemAnswer): string {
  return `${codes.map((code) => `${errorTable[code].title}: \`${code}\``).join('. ')}.`;
}

/** Besides those of every answer. */
export function problemHeaders({ status, codes }: ProblemAnswer): AnswerHeader[] {
  if (status === 401 || codes.includes('scope_missing')) return ['WWW-Authenticate'];
  return status === 503 || status === 429 ? ['Retry-After'] : [];
}

/** One of each code. */
export function problemExamples({ codes }: ProblemAnswer): Record<string, unknown> {
  const detail = (code: ErrorCode) => `${errorTable[code].title}.`;
  return Object.fromEntries(codes.map((code) => [code, toProblem(new EarshotError(code, detail(code)), '/')]));
}
