import type { Connection, RequestOptions } from './connection.js';
import type { Delivery, NewWebhook, operations, RotatedSecret, Webhook } from './description.js';
import { listPages } from './pages.js';

type BodyOf<Name extends 'registerWebhook' | 'changeWebhook'> =
  operations[Name]['requestBody']['content']['application/json'];

export type WebhookRequest = BodyOf<'registerWebhook'>;
export type WebhookChange = BodyOf<'changeWebhook'>;

/** Webhooks: who is told of all jobs and batches of their owner. */
export class WebhooksClient {
  constructor(private readonly connection: Connection) {}

  /** The answer is the only one that has the secret. */
  register(body: WebhookRequest, options?: RequestOptions): Promise<NewWebhook> {
    return this.connection.call((api, sending) => api.POST('/webhooks', { body, ...sending }), options);
  }

  async list(options?: RequestOptions): Promise<Webhook[]> {
    return (await this.connection.read((api, sending) => api.GET('/webhooks', { ...sending }), options)).webhooks;
  }

  get(id: string, options?: RequestOptions): Promise<Webhook> {
    const params = { path: { id } };
    return this.connection.read((api, sending) => api.GET('/webhooks/{id}', { params, ...sending }), options);
  }

  change(id: string, body: WebhookChange, options?: RequestOptions): Promise<Webhook> {
    const params = { path: { id } };
    return this.connection.call((api, sending) => api.PATCH('/webhooks/{id}', { params, body, ...sending }), {
      ...options,
      isHarmless: true,
    });
  }

  /** What is on its way to it ends. */
  async remove(id: string, options?: RequestOptions): Promise<void> {
    const params = { path: { id } };
    await this.connection.call((api, sending) => api.DELETE('/webhooks/{id}', { params, ...sending }), options);
  }

  /** Gives it a new secret; both sign for a day. */
  rotateSecret(id: string, options?: RequestOptions): Promise<RotatedSecret> {
    const params = { path: { id } };
    return this.connection.call(
      (api, sending) => api.POST('/webhooks/{id}/rotate-secret', { params, ...sending }),
      options,
    );
  }

  /** Sends it a `webhook.test`, once. */
  test(id: string, options?: RequestOptions): Promise<Delivery> {
    const params = { path: { id } };
    return this.connection.call((api, sending) => api.POST('/webhooks/{id}/test', { params, ...sending }), options);
  }

  /** What was sent to it, the newest first. */
  deliveries(id: string, options?: RequestOptions): AsyncGenerator<Delivery> {
    return listPages(
      (query) => {
        const params = { path: { id }, query };
        return this.connection.read(
          (api, sending) => api.GET('/webhooks/{id}/deliveries', { params, ...sending }),
          options,
        );
      },
      ({ deliveries }) => deliveries,
    );
  }

  /** What signs messages to webhooks that were named with a job or batch. */
  async ownSecret(options?: RequestOptions): Promise<string> {
    return (await this.connection.read((api, sending) => api.GET('/webhooks/secret', { ...sending }), options)).secret;
  }

  /** Replaces that secret; both sign for a day. */
  rotateOwnSecret(options?: RequestOptions): Promise<RotatedSecret> {
    return this.connection.call((api, sending) => api.POST('/webhooks/secret/rotate', { ...sending }), options);
  }
}
