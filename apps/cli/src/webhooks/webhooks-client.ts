import { z } from 'zod';
import type { EarshotClient } from '../client/earshot-client.js';

/** What the commands need of a webhook; the rest of the answer is kept as it came, for `--json`. */
const webhookSchema = z.looseObject({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  description: z.string().nullish(),
  createdAt: z.string(),
  disabled: z.looseObject({ reason: z.string() }).nullish(),
  failingSince: z.string().nullish(),
});
const newWebhookSchema = webhookSchema.extend({ secret: z.string() });
const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) });

export type Webhook = z.infer<typeof webhookSchema>;

export interface WebhookRequest {
  url: string;
  events: readonly string[];
  description: string;
}

/** The webhooks of one Earshot, over HTTP. Every method fails as EarshotClient's do. */
export class WebhooksClient {
  constructor(private readonly client: EarshotClient) {}

  /** The answer is the only one that has the secret. */
  async register(request: WebhookRequest): Promise<z.infer<typeof newWebhookSchema>> {
    const init = { method: 'POST', body: JSON.stringify(request), headers: { 'content-type': 'application/json' } };
    return newWebhookSchema.parse((await this.client.send('webhooks', init)).body);
  }

  async list(): Promise<Webhook[]> {
    return webhooksSchema.parse((await this.client.send('webhooks')).body).webhooks;
  }

  async remove(id: string): Promise<void> {
    await this.client.send(`webhooks/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }
}
