import { BlockList, isIP } from 'node:net';
import { toPlainAddress } from './public-address.js';

/** What may be connected to although its address is not public: a host by its name, or a range of addresses. */
export type EgressAllowance =
  { host: string; /** Null: any. */ port: number | null } | { network: string; prefix: number; port: number | null };

export type EgressAllow = readonly EgressAllowance[];

const rule =
  'must be hosts, host:port, IP addresses or ranges such as 10.0.0.0/8, separated by commas; IPv6 with a port as [::1]:80';

/**
 * Reads the value of `EARSHOT_EGRESS_ALLOW`, such as `hooks.internal,build:8080,10.1.0.0/16,[fd00::5]:9000`.
 *
 * @throws Error when a part of it has another form, or there is none; the message does not repeat it
 */
export function parseEgressAllow(text: string): EgressAllow {
  const parts = text.split(',').map((part) => part.trim());
  const allow = parts.filter((part) => part !== '').map(parseAllowance);
  if (allow.length === 0) throw new Error(rule);
  return allow;
}

/** True when the host may be connected to by this name, whatever its addresses are. */
export function allowsHost(allow: EgressAllow, hostname: string, port: number): boolean {
  const name = hostname.replace(/\.$/, '');
  return allow.some((entry) => 'host' in entry && entry.host === name && fits(entry, port));
}

/** True when the address may be connected to, by whatever name. */
export function allowsAddress(allow: EgressAllow, address: string, port: number): boolean {
  const plain = toPlainAddress(address);
  return allow.some((entry) => 'network' in entry && contains(entry, plain) && fits(entry, port));
}

function fits(entry: EgressAllowance, port: number): boolean {
  return entry.port === null || entry.port === port;
}

function contains({ network, prefix }: { network: string; prefix: number }, address: string): boolean {
  if (isIP(network) !== isIP(address)) return false;
  const blocks = new BlockList();
  blocks.addSubnet(network, prefix, familyOf(network));
  return blocks.check(address, familyOf(address));
}

function parseAllowance(part: string): EgressAllowance {
  const [, network = '', prefix] = /^(.+)\/(\d{1,3})$/.exec(part) ?? [];
  if (prefix !== undefined) return toRange(network, Number(prefix));
  if (isIP(part) !== 0) return toRange(part, bitsOf(part));
  const [, host = '', digits] = /^(\[[^\]]+\]|[^:/?#@\\[\]\s]+)(?::(\d{1,5}))?$/.exec(part) ?? [];
  const port = digits === undefined ? null : Number(digits);
  if (!URL.canParse(`http://${host}`) || (port !== null && (port < 1 || port > 65_535))) throw new Error(rule);
  const name = new URL(`http://${host}`).hostname.replace(/\.$/, '');
  const literal = name.replace(/^\[(.*)\]$/, '$1');
  return isIP(literal) === 0 ? { host: name, port } : toRange(literal, bitsOf(literal), port);
}

function toRange(address: string, prefix: number, port: number | null = null): EgressAllowance {
  if (isIP(address) === 0 || address.includes('%') || prefix > bitsOf(address)) throw new Error(rule);
  return { network: address, prefix, port };
}

function bitsOf(address: string): number {
  return isIP(address) === 4 ? 32 : 128;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
