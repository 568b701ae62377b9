import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { faultOf, isWebhookSecret } from './verify-event.js';

const [secret, other] = ['a', 'b'].map((letter) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`) as [
  string,
  string,
];
const now = Date.parse('2026-11-21T18:00:00.000Z');
const body = JSON.stringify({ type: 'job.succeeded', data: { label: 'Lüfter ✓' } });

function signed(by: string, at = now): Record<string, string> {
  return {
    'webhook-id': 'delivery_1',
    'webhook-timestamp': String(at / 1000),
    'webhook-signature': new Webhook(by).sign('delivery_1', new Date(at), body),
  };
}

const fault = (headers: Record<string, string>, text = body) => faultOf(secret, headers, Buffer.from(text), now);

describe('a message that the published client signs', () => {
  it('is genuine', () => {
    expect(fault(signed(secret))).toBeNull();
  });

  it('is genuine while two secrets sign', () => {
    const both = `${signed(other)['webhook-signature']} ${signed(secret)['webhook-signature']}`;
    expect(fault({ ...signed(secret), 'webhook-signature': both })).toBeNull();
  });

  it.each([
    ['by another secret', signed(other), body, 'another secret'],
    ['under another id', { ...signed(secret), 'webhook-id': 'delivery_2' }, body, 'another secret'],
    ['with another body', signed(secret), body.replace('succeeded', 'failed'), 'another secret'],
    ['without a signature', { ...signed(secret), 'webhook-signature': '' }, body, 'another secret'],
    ['as another version', { ...signed(secret), 'webhook-signature': 'v2,AAAA' }, body, 'another secret'],
    ['too long ago', signed(secret, now - 301_000), body, 'not now'],
    ['in the future', signed(secret, now + 301_000), body, 'not now'],
    ['at no time', { ...signed(secret), 'webhook-timestamp': 'soon' }, body, 'not now'],
  ])('%s is refused', (_how, headers, text, said) => {
    expect(fault(headers, text)).toContain(said);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s is refused', (name) => {
    const headers = signed(secret);
    delete headers[name];
    expect(fault(headers)).toContain('is missing');
  });
});

it('a secret is whsec_ and base64', () => {
  expect([secret, 'whsec_', 'abc', 'whsec_a b'].map(isWebhookSecret)).toEqual([true, false, false, false]);
});
