import type { Problem } from './description.js';

/** What the table of errors of an Earshot knows; `http_502` and the like, also `http_200`, are of something before it or in its place, such as a proxy. */
export type ProblemCode = Problem['code'] | `http_${number}`;

/** A field, parameter or header that is at fault. */
export type Fault = NonNullable<Problem['errors']>[number];

/** A request was refused, or failed: an answer of RFC 9457, or one that is not an Earshot's. */
export class EarshotProblem extends Error {
  override readonly name = 'EarshotProblem';
  readonly code: ProblemCode;
  /** The HTTP status. */
  readonly status: number;
  /** What is wrong, the same for every occurrence. */
  readonly title: string;
  /** What is wrong this time, and what to do. */
  readonly detail: string;
  /** What is at fault in an invalid request, each with a JSON pointer. */
  readonly errors: readonly Fault[];
  /** Milliseconds after which the same request may be answered otherwise; undefined: that was not said. */
  readonly retryAfterMs: number | undefined;

  /** @param answer what was answered, its body being `body` as text */
  constructor(answer: Response, body: string) {
    const problem = parseProblem(body);
    const title = problem.title ?? `${answer.status} ${answer.statusText}`.trim();
    const answered = answer.ok ? `${title}, and not as an Earshot does` : title;
    const detail = problem.detail ?? problem.title ?? `${placeOf(answer)} answered ${answered}: ${body.slice(0, 200)}`;
    super(detail);
    this.status = answer.status;
    this.code = problem.code ?? `http_${answer.status}`;
    this.title = title;
    this.detail = detail;
    this.errors = problem.errors ?? [];
    this.retryAfterMs = retryAfterMs(answer);
  }
}

/** No answer came, or none that could be read to its end; whether the request was carried out is not known. */
export class EarshotUnreachable extends Error {
  override readonly name = 'EarshotUnreachable';
}

/** Of an answer that was not read to its end. */
export function brokenOff(cause: unknown): EarshotUnreachable {
  return new EarshotUnreachable('the Earshot stopped in the middle of its answer', { cause });
}

/** `Retry-After` in milliseconds, which may be a number of seconds or a date; undefined without one. */
export function retryAfterMs({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Without the query, which of an object store's address is as good as a key. */
function placeOf({ url }: Response): string {
  return url.replace(/\?.*/s, '');
}

function parseProblem(body: string): Partial<Problem> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
