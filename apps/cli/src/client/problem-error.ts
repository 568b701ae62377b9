import { z } from 'zod';
import { CommandError } from '../command-error.js';

/** An error as the API answers it, `application/problem+json`. */
export const problemSchema = z.looseObject({
  status: z.number(),
  code: z.string().nullish(),
  title: z.string(),
  detail: z.string().nullish(),
});

/** The API refused a request and said why. */
export class ProblemError extends CommandError {
  override readonly name = 'ProblemError';
  readonly code: string;

  constructor(problem: z.infer<typeof problemSchema>) {
    super(problem.detail ?? problem.title);
    this.code = problem.code ?? `http_${problem.status}`;
  }
}
