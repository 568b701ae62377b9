import { EarshotError, requestAllowed, webhookHeaders, type DeliveryAttempt, type EgressAllow } from '#jobs';
import { parseRetryAfter } from './retry-delay.js';

/** Milliseconds the receiver has to answer, from the look-up of its name on. */
export const answerMs = 15_000;
/** So much of an answer is kept, for people to read. */
const shownBytes = 512;

export interface Message {
  id: string;
  url: string;
  secrets: readonly string[];
  body: string;
}

/** What came of a POST. `retryAfterMs`: how long the receiver asks to be left alone. */
export type Posted = DeliveryAttempt & { retryAfterMs: number };

/** Sends a signed message once. Never throws: what kept it from being answered is in `answer`. */
export async function postMessage(message: Message, allow: EgressAllow): Promise<Posted> {
  const [at, start] = [Date.now(), performance.now()];
  const timing = (): { at: number; ms: number } => ({ at, ms: Math.round(performance.now() - start) });
  try {
    const signed = { id: message.id, timestamp: Math.floor(at / 1000), body: message.body };
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Earshot-Webhooks',
      ...webhookHeaders(message.secrets, signed),
    };
    const { body: answered, ...answer } = await requestAllowed(message.url, {
      allow,
      method: 'POST',
      headers,
      body: message.body,
      totalMs: answerMs,
      maxBytes: shownBytes,
    });
    const words = await firstWords(answered);
    const retryAfterMs = [429, 503].includes(answer.status) ? parseRetryAfter(answer.headers['retry-after']) : 0;
    return { ...timing(), status: answer.status, answer: words, retryAfterMs };
  } catch (error) {
    return { ...timing(), status: null, answer: toReason(error), retryAfterMs: 0 };
  }
}

/** The status is what counts: an answer that is too long, or breaks off, is one all the same. */
async function firstWords(answered: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answered) chunks.push(chunk);
  } catch {
    // Cut off.
  }
  return toWords(Buffer.concat(chunks));
}

function toWords(bytes: Buffer): string {
  return bytes
    .subarray(0, shownBytes)
    .toString('utf8')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
}

function toReason(error: unknown): string {
  if (error instanceof EarshotError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
