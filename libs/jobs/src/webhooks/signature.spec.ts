import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { newWebhookSecret, webhookHeaders } from './signature.js';

const message = () => ({
  id: 'delivery_1',
  timestamp: Math.floor(Date.now() / 1000),
  body: JSON.stringify({ type: 'job.succeeded', data: { label: 'Lüfter ✓' } }),
});

describe('a signed message', () => {
  it('is verified by the published client', () => {
    const [secret, signed] = [newWebhookSecret(), message()];
    const verified = new Webhook(secret).verify(signed.body, webhookHeaders([secret], signed));
    expect(verified).toEqual(JSON.parse(signed.body));
  });

  it('has the very signature that the published client makes', () => {
    const [secret, signed] = [newWebhookSecret(), message()];
    const theirs = new Webhook(secret).sign(signed.id, new Date(signed.timestamp * 1000), signed.body);
    expect(webhookHeaders([secret], signed)['webhook-signature']).toBe(theirs);
  });

  it('is verified with the old and with the new secret while both sign', () => {
    const [secrets, signed] = [[newWebhookSecret(), newWebhookSecret()], message()];
    for (const secret of secrets) new Webhook(secret).verify(signed.body, webhookHeaders(secrets, signed));
  });

  it.each(['id', 'timestamp', 'body'] as const)('with another %s is refused', (part) => {
    const [secret, signed] = [newWebhookSecret(), message()];
    const headers = webhookHeaders([secret], {
      ...signed,
      [part]: part === 'timestamp' ? signed.timestamp - 1 : '"x"',
    });
    const received = { ...webhookHeaders([secret], signed), 'webhook-signature': headers['webhook-signature'] ?? '' };
    expect(() => new Webhook(secret).verify(signed.body, received)).toThrow('No matching signature found');
  });
});

describe('a secret', () => {
  it('has 32 random bytes', () => {
    const secrets = [newWebhookSecret(), newWebhookSecret()];
    for (const secret of secrets) expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    expect(new Set(secrets).size).toBe(2);
  });
});
