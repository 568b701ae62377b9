import type { z } from 'zod';
import { faultsOf, invalidRequest } from '../problems/invalid-request.js';
import { plainWords } from '../problems/plain-words.js';

/** What the parameters in a request's address say. @throws EarshotError `invalid_request` that points at each fault */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const parsed = schema.safeParse(query, { error: plainWords });
  if (parsed.success) return parsed.data;
  const part = 'parameter';
  throw invalidRequest(faultsOf(parsed.error, part), { part, cause: parsed.error });
}
