import { randomUUID } from 'node:crypto';
import {
  addDeliveries,
  deliveryIdOf,
  EarshotError,
  listDeliveries,
  logAttempt,
  readDeliveryLog,
  readWebhook,
  testEvent,
  toBody,
  type DeliveriesQueue,
  type Delivery,
  type DeliveryLog,
  type LoggedDelivery,
} from '#jobs';
import type { Redis } from 'ioredis';

export interface DeliveriesParts {
  redis: Redis;
  queue: DeliveriesQueue;
}

/** What was sent to webhooks, and what is to be sent once more. */
export class DeliveriesService {
  constructor(private readonly parts: DeliveriesParts) {}

  /** @param webhook null: those that were named with a job or batch */
  list(
    owner: string,
    webhook: string | null,
    page: { limit: number; before: string | undefined },
  ): Promise<{ deliveries: LoggedDelivery[]; next: string | null }> {
    return listDeliveries(this.parts.redis, { owner, webhook }, page);
  }

  /** @throws EarshotError `delivery_not_found` */
  async require(owner: string, id: string): Promise<LoggedDelivery> {
    const log = await readDeliveryLog(this.parts.redis, owner, id);
    if (log === null)
      throw new EarshotError('delivery_not_found', 'There is no delivery of that id, or it is no longer remembered.');
    return { ...log, id };
  }

  /** Sends an event that says nothing, once. @throws EarshotError `webhook_not_found` or `webhook_disabled` */
  async test(owner: string, webhook: string): Promise<LoggedDelivery> {
    await this.requireEnabled(owner, webhook);
    const [id, at] = [deliveryIdOf(webhook, 'test', randomUUID()), Date.now()];
    const type = testEvent;
    const body = toBody({ type, timestamp: new Date(at).toISOString(), sequence: 1, data: { webhook } });
    return this.send(id, { owner, webhook, url: null, type, subject: null, at, source: null, body }, { attempts: 1 });
  }

  /**
   * Sends the very same message again, now; from its first attempt on if it had ended.
   *
   * @throws EarshotError `delivery_not_found`, `webhook_not_found` or `webhook_disabled`
   */
  async redeliver(owner: string, id: string): Promise<LoggedDelivery> {
    const log = await this.require(owner, id);
    const { delivery } = log;
    if (delivery.webhook !== null) await this.requireEnabled(owner, delivery.webhook);
    const job = await this.parts.queue.getJob(id);
    if (job === undefined) return this.send(id, { ...delivery, again: true }, {}, log);
    // It waits for its next attempt, or is just being sent.
    if (await job.isDelayed()) await job.promote().catch(() => undefined);
    return { ...log, nextAt: Date.now() };
  }

  private async send(
    id: string,
    delivery: Delivery,
    options: { attempts?: number },
    { attempts }: Pick<DeliveryLog, 'attempts'> = { attempts: [] },
  ): Promise<LoggedDelivery> {
    const log: DeliveryLog = { delivery, status: 'pending', nextAt: Date.now(), attempts };
    await logAttempt(this.parts.redis, id, log);
    await addDeliveries(this.parts.queue, [{ id, delivery }], options);
    return { ...log, id };
  }

  private async requireEnabled(owner: string, id: string): Promise<void> {
    const webhook = await readWebhook(this.parts.redis, owner, id);
    if (webhook === null) throw new EarshotError('webhook_not_found', 'There is no webhook of that id (any more).');
    if (webhook.disabled !== null)
      throw new EarshotError(
        'webhook_disabled',
        `Enable the webhook first, by PATCH /webhooks/${id} with {"disabled": false}. ${webhook.disabled.reason}`,
      );
  }
}
