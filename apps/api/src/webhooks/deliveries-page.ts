import type { LoggedDelivery } from '#jobs';
import { toDeliveryView, type DeliveryView } from './webhook.view.js';

/** Some deliveries, the newest first; without `nextCursor` there are no older ones. */
export interface DeliveriesPage {
  deliveries: DeliveryView[];
  nextCursor: string | null;
}

export function toPage({ deliveries, next }: { deliveries: LoggedDelivery[]; next: string | null }): DeliveriesPage {
  const nextCursor = next === null ? null : Buffer.from(next, 'latin1').toString('base64url');
  return { deliveries: deliveries.map(toDeliveryView), nextCursor };
}
