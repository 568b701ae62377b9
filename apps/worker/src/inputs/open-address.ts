import type { Readable } from 'node:stream';
import {
  EarshotError,
  requestAllowed,
  UnreachableError,
  type AllowedAnswer,
  type EgressAllow,
  type ResolveHost,
} from '#jobs';

const mostRedirects = 5;
/** For an input with all its redirects; half a gigabyte in it is a megabyte a second. */
const totalMs = 600_000;
const idleMs = 30_000;

/** Answers that say of themselves that they may pass. */
const passingStatuses = [408, 425, 429];
const redirectStatuses = [301, 302, 303, 307, 308];

export interface AddressRules {
  allow: EgressAllow;
  /** Default: as the machine does. */
  resolve?: ResolveHost;
}

/**
 * The bytes at an address that a caller has given, to be read to the end or destroyed. Every redirect is checked as the
 * address itself was.
 *
 * @throws EarshotError `input_unreachable`, `input_refused`, `address_not_allowed` or `address_unresolved`; the abort's
 *   reason
 */
export async function openAddress(address: string, rules: AddressRules, signal: AbortSignal): Promise<Readable> {
  const end = performance.now() + totalMs;
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await ask(url, rules, signal, end - performance.now());
    const next = redirectOf(url, answer);
    if (next === null) return bodyOf(answer);
    answer.body.destroy();
    url = next;
  }
  throw refused(`The address leads through more than ${mostRedirects} redirects.`);
}

async function ask(url: URL, rules: AddressRules, signal: AbortSignal, leftMs: number): Promise<AllowedAnswer> {
  // Compressed bytes would be hashed, and judged, as what they are not.
  const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Earshot' };
  const limits = { totalMs: Math.max(1, leftMs), idleMs, maxBytes: Infinity };
  try {
    return await requestAllowed(url, { ...rules, ...limits, headers, signal });
  } catch (error) {
    throw error instanceof UnreachableError ? toUnreachableInput(url, error) : error;
  }
}

/** An input that may be there at another attempt. */
export function toUnreachableInput({ host }: URL, cause: UnreachableError): EarshotError {
  return new EarshotError('input_unreachable', `The input could not be fetched from ${host}: ${cause.message}.`, {
    cause,
  });
}

function redirectOf(url: URL, { status, headers }: AllowedAnswer): URL | null {
  if (!redirectStatuses.includes(status) || headers.location === undefined) return null;
  if (URL.canParse(headers.location, url.href)) return new URL(headers.location, url);
  throw refused('The address redirects to what is no address.');
}

function bodyOf({ status, headers, body }: AllowedAnswer): Readable {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (status >= 200 && status < 300 && encoding === 'identity') return body;
  body.destroy();
  if (status >= 500 || passingStatuses.includes(status))
    throw new EarshotError('input_unreachable', `The server of the input answered ${status}.`);
  const isCompressed = encoding !== 'identity' && status < 300;
  throw refused(
    isCompressed
      ? 'The server of the input sends it compressed, although it was asked not to.'
      : `The server of the input answered ${status}.`,
  );
}

function refused(detail: string): EarshotError {
  return new EarshotError('input_refused', detail);
}
