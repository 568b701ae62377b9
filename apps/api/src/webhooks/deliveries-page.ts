import type { LoggedDelivery } from '#jobs';
import { z } from 'zod';
import { deliveryViewSchema, toDeliveryView } from './webhook.view.js';

/** Some deliveries, the newest first. */
export const deliveriesPageSchema = z
  .object({
    deliveries: z.array(deliveryViewSchema),
    nextCursor: z.string().nullable().describe('For the next page, of older ones; null: there are none.'),
  })
  .meta({ id: 'Deliveries' });
export type DeliveriesPage = z.infer<typeof deliveriesPageSchema>;

export function toPage({ deliveries, next }: { deliveries: LoggedDelivery[]; next: string | null }): DeliveriesPage {
  const nextCursor = next === null ? null : Buffer.from(next, 'latin1').toString('base64url');
  return { deliveries: deliveries.map(toDeliveryView), nextCursor };
}
