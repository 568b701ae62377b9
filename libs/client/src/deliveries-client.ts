import type { Connection, RequestOptions } from './connection.js';
import type { Delivery } from './description.js';
import { listPages } from './pages.js';

/** Deliveries: each a message to one webhook. */
export class DeliveriesClient {
  constructor(private readonly connection: Connection) {}

  /** Those to webhooks that were named with a job or batch, the newest first. */
  list(options?: RequestOptions): AsyncGenerator<Delivery> {
    return listPages(
      (query) =>
        this.connection.read((api, sending) => api.GET('/deliveries', { params: { query }, ...sending }), options),
      ({ deliveries }) => deliveries,
    );
  }

  get(id: string, options?: RequestOptions): Promise<Delivery> {
    const params = { path: { id } };
    return this.connection.read((api, sending) => api.GET('/deliveries/{id}', { params, ...sending }), options);
  }

  /** Sends the same message again, at once, under the same `webhook-id`. */
  redeliver(id: string, options?: RequestOptions): Promise<Delivery> {
    const params = { path: { id } };
    return this.connection.call(
      (api, sending) => api.POST('/deliveries/{id}/redeliver', { params, ...sending }),
      options,
    );
  }
}
