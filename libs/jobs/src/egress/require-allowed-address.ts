import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { EarshotError } from '../errors.js';
import { within } from '../within.js';
import { allowsAddress, allowsHost, type EgressAllow } from './egress-allow.js';
import { isPublicAddress } from './public-address.js';

const resolveMs = 5000;

/** All addresses of a host; rejects when it has none. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;

/** An address of the web that may be connected to, as long as it is at one of these IP addresses. */
export interface AllowedTarget {
  url: URL;
  addresses: readonly string[];
}

/** As the machine resolves names: the hosts file, its search domains, DNS. */
export const resolveHost: ResolveHost = async (hostname) => {
  const found = await within(resolveMs, lookup(hostname, { all: true }));
  return found.map(({ address }) => address);
};

/**
 * Resolves the host of a URL that a caller has given, and checks it: http or https, no user name or password, and every
 * address public, unless the allow-list names the host or the address.
 *
 * Only what connects to the addresses returned is safe; a host that is resolved again may lead elsewhere.
 *
 * @throws EarshotError `address_not_allowed`, or `address_unresolved` when the host has no address now
 */
export async function requireAllowedAddress(
  address: string | URL,
  allow: EgressAllow,
  resolve: ResolveHost = resolveHost,
): Promise<AllowedTarget> {
  const url = requireHttp(address);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(host) === 0 ? await addressesOf(host, resolve) : [host];
  const port = portOf(url);
  const isAllowed = (each: string): boolean => isPublicAddress(each) || allowsAddress(allow, each, port);
  if (!allowsHost(allow, host, port) && !addresses.every(isAllowed))
    // The addresses themselves would tell a stranger what names mean inside.
    throw notAllowed('The host is not on the public internet, and EARSHOT_EGRESS_ALLOW does not name it.');
  return { url, addresses };
}

/** The port that a URL means. */
export function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

function requireHttp(address: string | URL): URL {
  const url = URL.canParse(String(address)) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw notAllowed('The address must begin with http:// or https:// and name a host.');
  if (url.username !== '' || url.password !== '')
    throw notAllowed('The address may not hold a user name or a password.');
  return url;
}

async function addressesOf(host: string, resolve: ResolveHost): Promise<readonly string[]> {
  try {
    const addresses = await resolve(host);
    if (addresses.length > 0) return addresses;
  } catch (cause) {
    throw unresolved(host, cause);
  }
  throw unresolved(host);
}

function unresolved(host: string, cause?: unknown): EarshotError {
  const detail = `The host ${host.slice(0, 100)} cannot be found; check its name.`;
  return new EarshotError('address_unresolved', detail, { cause });
}

function notAllowed(detail: string): EarshotError {
  return new EarshotError('address_not_allowed', detail);
}
