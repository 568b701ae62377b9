import { z } from 'zod';
import { wholeNumberField } from '../server/number-field.js';
import { parseQuery } from '../server/parse-query.js';

const mostDeliveries = 100;
const fewDeliveries = 20;

/** The parameters of lists of deliveries. */
export const listDeliveriesSchema = z.strictObject({
  limit: wholeNumberField(1, mostDeliveries).default(fewDeliveries).describe('The most deliveries of a page.'),
  cursor: z
    .string('must be given once')
    .transform((text) => Buffer.from(text, 'base64url').toString('latin1'))
    .refine((place) => /^\d{15}\/delivery_[0-9a-f]{32}$/.test(place), 'must be the nextCursor of the page before')
    .optional()
    .describe('The `nextCursor` of the page before.'),
});

/** @throws EarshotError `invalid_request` with all faults */
export function parseListDeliveriesRequest(query: unknown): { limit: number; before: string | undefined } {
  const { limit, cursor } = parseQuery(listDeliveriesSchema, query);
  return { limit, before: cursor };
}
