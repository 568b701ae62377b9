import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const secretPattern = /^whsec_[A-Za-z0-9+/]+={0,2}$/;

/** As Standard Webhooks 1.0 recommends, so that what was overheard cannot be sent again later. */
const toleranceSeconds = 5 * 60;

/** True when `text` has the form of a webhook's secret. */
export function isWebhookSecret(text: string): boolean {
  return secretPattern.test(text);
}

/**
 * Verifies a message by Standard Webhooks 1.0.
 *
 * @param secret `whsec_` and base64
 * @param body the bytes as they came
 * @returns what is wrong with it; null: it is genuine
 */
export function faultOf(
  secret: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
  nowMs: number = Date.now(),
): string | null {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`]);
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string')
    return 'a header webhook-id, webhook-timestamp or webhook-signature is missing';
  const age = Math.abs(nowMs / 1000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || age > toleranceSeconds) return 'its time is not now, give or take 5 minutes';
  const hmac = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'));
  const expected = Buffer.from(`v1,${hmac.update(`${id}.${timestamp}.`).update(body).digest('base64')}`);
  const isGenuine = signatures.split(' ').some((text) => {
    const signature = Buffer.from(text);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
  return isGenuine ? null : 'its signature was made with another secret, or of another body';
}
