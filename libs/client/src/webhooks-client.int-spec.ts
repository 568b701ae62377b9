import { describe, expect, it } from '@jest/globals';
import { allOf, tellingThisMachine, withClient } from '../../../test/with-client.js';
import type { EarshotClient } from './index.js';

/** Nobody listens there, and nothing is sent: there is no worker. */
const asked = { url: 'http://127.0.0.1:9/hook', events: ['job.failed' as const] };

function withWebhooks(run: (client: EarshotClient) => Promise<void>): Promise<void> {
  return withClient(run, undefined, tellingThisMachine);
}

describe('the webhooks of a client', () => {
  it('are registered, changed, listed and removed', () =>
    withWebhooks(async ({ webhooks }) => {
      const { secret, ...made } = await webhooks.register(asked);
      expect(secret).toMatch(/^whsec_/);
      expect(await webhooks.get(made.id)).toEqual(made);
      const changed = await webhooks.change(made.id, { events: ['job.running'], disabled: true });
      expect(changed).toMatchObject({ id: made.id, events: ['job.running'], disabled: { at: expect.any(String) } });
      expect(await webhooks.list()).toEqual([changed]);
      await webhooks.remove(made.id);
      await expect(webhooks.get(made.id)).rejects.toMatchObject({ code: 'webhook_not_found' });
    }));

  it('get other secrets, of their own and the owner’s', () =>
    withWebhooks(async ({ webhooks }) => {
      const { id, secret } = await webhooks.register(asked);
      const before = await webhooks.ownSecret();
      const [own, owners] = [await webhooks.rotateSecret(id), await webhooks.rotateOwnSecret()];
      expect(new Set([secret, before, own.secret, owners.secret]).size).toBe(4);
      expect(await webhooks.ownSecret()).toBe(owners.secret);
      for (const { previousUntil } of [own, owners]) expect(Date.parse(previousUntil)).toBeGreaterThan(Date.now());
    }));

  it('are sent a test, which is a delivery that can be looked at and sent again', () =>
    withWebhooks(async ({ webhooks, deliveries }) => {
      const { id } = await webhooks.register(asked);
      const sent = await webhooks.test(id);
      expect(sent).toMatchObject({ webhook: id, type: 'webhook.test', status: 'pending', attempts: [] });
      expect(await allOf(webhooks.deliveries(id))).toEqual([sent]);
      expect(await deliveries.get(sent.id)).toEqual(sent);
      expect(await deliveries.redeliver(sent.id)).toMatchObject({ id: sent.id, type: 'webhook.test' });
      // Those of webhooks that were named with jobs are listed apart.
      expect(await allOf(deliveries.list())).toEqual([]);
    }));
});
