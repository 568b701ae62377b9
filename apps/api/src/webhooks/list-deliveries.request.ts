import { EarshotError } from '#jobs';
import { z } from 'zod';

const mostDeliveries = 100;
const fewDeliveries = 20;

const limitMessage = `must be a whole number from 1 to ${mostDeliveries}`;

const schema = z.strictObject({
  limit: z
    .string('must be given once')
    .regex(/^[1-9]\d{0,2}$/, limitMessage)
    .transform(Number)
    .refine((limit) => limit <= mostDeliveries, limitMessage)
    .default(fewDeliveries),
  cursor: z
    .string('must be given once')
    .transform((text) => Buffer.from(text, 'base64url').toString('latin1'))
    .refine((place) => /^\d{15}\/delivery_[0-9a-f]{32}$/.test(place), 'must be the nextCursor of the page before')
    .optional(),
});

/** @throws EarshotError `invalid_request` with all faults */
export function parseListDeliveriesRequest(query: unknown): { limit: number; before: string | undefined } {
  const parsed = schema.safeParse(query);
  if (parsed.success) return { limit: parsed.data.limit, before: parsed.data.cursor };
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((pointer) => ({ pointer, detail: 'is no parameter of this request' }))
      : [{ pointer: String(issue.path[0]), detail: issue.message }],
  );
  const named = [...new Set(faults.map(({ pointer }) => pointer))].join(', ');
  throw new EarshotError('invalid_request', `Correct these parameters: ${named}.`, { faults });
}
