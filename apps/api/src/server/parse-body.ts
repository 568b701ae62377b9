import { EarshotError, type RequestFault } from '#jobs';
import type { z } from 'zod';

/** What a JSON body says. @throws EarshotError `invalid_request` that points at each fault */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap(toFaults);
  const named = faults.map(({ pointer }) => pointer).join(', ');
  throw new EarshotError('invalid_request', `Correct these fields: ${named}.`, { faults, cause: parsed.error });
}

function toFaults(issue: z.core.$ZodIssue): RequestFault[] {
  const pointer = `/${issue.path.join('/')}`;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => ({ pointer: `/${name}`, detail: 'is no field of this request' }));
  return [{ pointer, detail: pointer === '/' ? 'must be a JSON object' : issue.message }];
}
