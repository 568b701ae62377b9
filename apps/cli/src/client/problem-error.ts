import { z } from 'zod';
import { CommandError } from '../command-error.js';

/** An error as the API answers it, `application/problem+json`. */
export const problemSchema = z.looseObject({
  status: z.number(),
  code: z.string().nullish(),
  title: z.string(),
  detail: z.string().nullish(),
});

/** What to do about a refusal, where a person at the command line does something else than a program. */
const hints: Record<string, string> = {
  key_missing: 'this Earshot asks for an API key: set EARSHOT_API_KEY',
  key_unknown: 'the API key in EARSHOT_API_KEY is not known to this Earshot, was copied wrongly, or was revoked',
};

/** The API refused a request and said why. */
export class ProblemError extends CommandError {
  override readonly name = 'ProblemError';
  readonly code: string;
  readonly status: number;

  /** @param retryAfterMs after which the same request may be answered otherwise; undefined if the API did not say */
  constructor(
    problem: z.infer<typeof problemSchema>,
    readonly retryAfterMs?: number,
  ) {
    super(hints[problem.code ?? ''] ?? problem.detail ?? problem.title);
    this.code = problem.code ?? `http_${problem.status}`;
    this.status = problem.status;
  }
}
