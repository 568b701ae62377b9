import { EarshotError } from '#jobs';
import type { z } from 'zod';

/** What the parameters in a request's address say. @throws EarshotError `invalid_request` that names each fault */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((pointer) => ({ pointer, detail: 'is no parameter of this request' }))
      : [{ pointer: String(issue.path[0]), detail: issue.message }],
  );
  const named = [...new Set(faults.map(({ pointer }) => pointer))].join(', ');
  throw new EarshotError('invalid_request', `Correct these parameters: ${named}.`, { faults, cause: parsed.error });
}
