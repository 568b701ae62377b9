import type { z } from 'zod';
import { faultsOf, invalidRequest } from '../problems/invalid-request.js';
import { plainWords } from '../problems/plain-words.js';

/** What a JSON body says. @throws EarshotError `invalid_request` that points at each fault */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body, { error: plainWords });
  if (parsed.success) return parsed.data;
  throw invalidRequest(faultsOf(parsed.error), { cause: parsed.error });
}
