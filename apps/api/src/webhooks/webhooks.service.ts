import {
  addWebhook,
  changeWebhook,
  EarshotError,
  failingSince,
  forgetFailures,
  listWebhooks,
  mostWebhooks,
  newWebhookId,
  readWebhook,
  requireAllowedAddress,
  type EgressAllow,
  type Webhook,
  type WebhookSecrets,
} from '#jobs';
import type { Redis } from 'ioredis';
import type { NewWebhookRequest, WebhookChangeRequest } from './webhook.request.js';

export interface WebhooksParts {
  redis: Redis;
  secrets: WebhookSecrets;
  /** What may be connected to besides public addresses. */
  allow: EgressAllow;
}

/** A webhook, and since when it has done nothing but fail, in milliseconds since 1970. */
export interface KnownWebhook {
  webhook: Webhook;
  failing: number | null;
}

/** Webhooks and their secrets. */
export class WebhooksService {
  constructor(private readonly parts: WebhooksParts) {}

  /** @throws EarshotError `address_not_allowed`, `address_unresolved` or `webhook_limit_reached` */
  async register(owner: string, asked: NewWebhookRequest): Promise<KnownWebhook & { secret: string }> {
    const { redis, secrets, allow } = this.parts;
    await requireAllowedAddress(asked.url, allow);
    const { secret, kept } = await secrets.make(owner);
    const now = Date.now();
    const webhook = { id: newWebhookId(now), owner, ...asked, createdAt: now, disabled: null, secret: kept };
    if (!(await addWebhook(redis, webhook)))
      throw new EarshotError('webhook_limit_reached', `There are ${mostWebhooks} webhooks; delete one first.`);
    return { webhook, failing: null, secret };
  }

  async list(owner: string): Promise<KnownWebhook[]> {
    const webhooks = await listWebhooks(this.parts.redis, owner);
    const ids = webhooks.map(({ id }) => id);
    const failing = await failingSince(this.parts.redis, owner, ids);
    return webhooks.map((webhook, i) => ({ webhook, failing: failing[i] ?? null }));
  }

  /** @throws EarshotError `webhook_not_found` */
  async require(owner: string, id: string): Promise<KnownWebhook> {
    return this.known(await readWebhook(this.parts.redis, owner, id));
  }

  /** @throws EarshotError `webhook_not_found`, and as {@link register} */
  async change(owner: string, id: string, { disabled, ...asked }: WebhookChangeRequest): Promise<KnownWebhook> {
    const { redis, allow } = this.parts;
    if (asked.url !== undefined) await requireAllowedAddress(asked.url, allow);
    const set = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    const changed = await changeWebhook(redis, owner, id, (webhook) => ({
      ...webhook,
      ...set,
      disabled: disabled === undefined ? webhook.disabled : disabled ? (webhook.disabled ?? disabledByOwner()) : null,
    }));
    // It is given time anew.
    if (changed && disabled === false) await forgetFailures(redis, owner, id);
    return this.known(changed);
  }

  /** @throws EarshotError `webhook_not_found` */
  async remove(owner: string, id: string): Promise<void> {
    const { redis } = this.parts;
    const { webhook } = await this.known(await changeWebhook(redis, owner, id, () => null));
    await forgetFailures(redis, owner, webhook.id);
  }

  /** Gives the webhook a new secret; the old one signs too for a day. @throws EarshotError `webhook_not_found` */
  async rotateSecret(owner: string, id: string): Promise<{ secret: string; previousUntil: number }> {
    const { webhook } = await this.require(owner, id);
    const { secret, kept, previousUntil } = await this.parts.secrets.rotate(owner, webhook.secret);
    await this.known(await changeWebhook(this.parts.redis, owner, id, (it) => ({ ...it, secret: kept })));
    return { secret, previousUntil };
  }

  /** The secret that signs what has no registration. @throws EarshotError `webhook_secret_unreadable` */
  async ownerSecret(owner: string): Promise<string> {
    const { secrets } = this.parts;
    const [secret = ''] = await secrets.open(owner, await secrets.ofOwner(owner));
    return secret;
  }

  async rotateOwnerSecret(owner: string): Promise<{ secret: string; previousUntil: number }> {
    return this.parts.secrets.rotateOfOwner(owner);
  }

  private async known(webhook: Webhook | null): Promise<KnownWebhook> {
    if (webhook === null)
      throw new EarshotError(
        'webhook_not_found',
        'There is no webhook of that id; GET /webhooks lists those there are.',
      );
    const [failing = null] = await failingSince(this.parts.redis, webhook.owner, [webhook.id]);
    return { webhook, failing };
  }
}

function disabledByOwner(): { at: number; reason: string } {
  return { at: Date.now(), reason: 'Its owner has disabled it.' };
}
