import { expect, it } from '@jest/globals';
import { allOf, withClient } from '../../../test/with-client.js';
import { adminKey, withKeys } from '../../../test/with-keys.js';
import { EarshotClient } from './index.js';

it('a client tells how an Earshot fares', () =>
  withClient(async ({ operations }, _jobs, { redis }) => {
    expect(await operations.liveness()).toEqual({ status: 'alive' });
    expect(await operations.readiness()).toMatchObject({ status: 'ready', checks: { redis: { ok: true } } });
    expect(await operations.scaling()).toHaveProperty('queues');
    expect(await operations.metrics()).toMatch(/^# HELP /);
    expect((await operations.description()).openapi).toMatch(/^3\.1/);
    await redis.stop('SIGKILL');
    expect(await operations.readiness()).toMatchObject({ status: 'unavailable', checks: { redis: { ok: false } } });
  }));

it('a client makes, lists and revokes keys, and lists who did so', () =>
  withKeys(async ({ url }) => {
    const { keys } = new EarshotClient(url, { apiKey: adminKey });
    const made = await keys.create({ owner: 'acme', scopes: ['read'] });
    expect(made).toMatchObject({ owner: 'acme', key: expect.stringMatching(/^esk_/) });
    await keys.revoke(made.id);
    expect(await keys.list()).toMatchObject([{ id: made.id, revokedAt: expect.any(String) }]);
    expect((await allOf(keys.acts())).map(({ act }) => act)).toEqual(['key.revoke', 'key.create']);
  }));

it('a client gives owners limits of their own', () =>
  withKeys(async ({ url }) => {
    const { limits } = new EarshotClient(url, { apiKey: adminKey });
    expect(await limits.get('acme')).toEqual({ owner: 'acme' });
    const set = await limits.set('acme', { rateLimit: '500/10', quotaBytes: null });
    expect(set).toEqual({ owner: 'acme', rateLimit: '500/10', quotaBytes: null });
    expect(await limits.get('acme')).toEqual(set);
    expect(await limits.set('acme', {})).toEqual({ owner: 'acme' });
  }));

it('a client knows webhooks, what was sent to them, and models', () =>
  withClient(async ({ webhooks, deliveries, models }) => {
    expect([await webhooks.list(), await allOf(deliveries.list())]).toEqual([[], []]);
    expect(await webhooks.ownSecret()).toMatch(/^whsec_/);
    const refused = webhooks.register({ url: 'http://127.0.0.1:1/', events: ['job.failed'] });
    await expect(refused).rejects.toMatchObject({ code: 'address_not_allowed' });
    expect((await models.list()).map(({ name }) => name)).toEqual(['demo']);
    expect(await models.get({ name: 'demo', version: '1.0.0' })).toEqual(await models.get({ name: 'demo' }));
  }));
