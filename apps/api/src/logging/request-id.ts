import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What an id of the caller's may look like: it is written to logs and sent back. */
const acceptable = /^[A-Za-z0-9._-]{1,100}$/;

/** The request's id: the caller's `X-Request-Id`, or a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && acceptable.test(given) ? given : randomUUID();
}
