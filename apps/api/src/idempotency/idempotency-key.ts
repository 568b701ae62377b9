import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { EarshotError } from '#jobs';

/** Printable ASCII, a sensible length: a UUID has 36. */
const keyPattern = /^[\x21-\x7e]{1,255}$/;

/**
 * The `Idempotency-Key` of a request (draft-ietf-httpapi-idempotency-key-header), with or without its quotes; undefined
 * when there is none.
 *
 * @throws EarshotError `invalid_request`
 */
export function idempotencyKeyOf(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['idempotency-key'];
  if (given === undefined) return undefined;
  const key = String(given).replace(/^"(.*)"$/, '$1');
  if (keyPattern.test(key)) return key;
  const detail = 'must be 1 to 255 printable ASCII characters without spaces, such as a UUID';
  throw new EarshotError('invalid_request', `The Idempotency-Key ${detail}.`, {
    faults: [{ pointer: 'Idempotency-Key', detail }],
  });
}

/** What tells a request from others, however its parts were sent: the same for the same values, in whatever order. */
export function fingerprintOf(values: readonly (readonly [name: string, value: string | null])[]): string {
  const sorted = values.map(([name, value]) => JSON.stringify([name, value])).sort();
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}
