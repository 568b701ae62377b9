import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * IPv4 ranges that are not for everybody's use: IANA's special-purpose registry, multicast and what is reserved, and
 * 168.63.129.16, where Azure's platform answers virtual machines.
 */
const specialIPv4 = ranges('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/** Loopback, link-local, unique local and multicast addresses are all outside it. */
const globalIPv6 = ranges('ipv6', [['2000::', 3]]);

/** Protocol assignments (Teredo and benchmarking among them) and documentation, within the former. */
const specialIPv6 = ranges('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
]);

/**
 * True for an address that anybody on the internet may be reached at: not loopback, private, link-local, shared by
 * carriers, multicast, for documentation or benchmarks, or a cloud's metadata. An IPv6 address that carries an IPv4
 * address (mapped, NAT64, 6to4) is judged by that.
 *
 * @param address an IP address; a text that is none is not public
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const plain = toPlainAddress(address);
  const ipv4 = isIPv4(plain) ? plain : carriedIPv4(toGroups(plain));
  if (ipv4 !== null) return !specialIPv4.check(ipv4, 'ipv4');
  return globalIPv6.check(plain, 'ipv6') && !specialIPv6.check(plain, 'ipv6');
}

/** The address without a zone, and an IPv4 address that is written as an IPv6 one as what it is. */
export function toPlainAddress(address: string): string {
  const [plain = ''] = address.split('%');
  if (isIPv4(plain)) return plain;
  const groups = toGroups(plain);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? toIPv4(groups, 6) : plain;
}

/** What a NAT64 (RFC 6052) or 6to4 (RFC 3056) address leads to. */
function carriedIPv4(groups: readonly number[]): string | null {
  const begins = (...prefix: number[]): boolean => prefix.every((group, i) => groups[i] === group);
  if (begins(0x64, 0xff9b, 0, 0, 0, 0)) return toIPv4(groups, 6);
  return begins(0x2002) ? toIPv4(groups, 1) : null;
}

function toIPv4(groups: readonly number[], at: number): string {
  return [groups[at] ?? 0, groups[at + 1] ?? 0].flatMap((group) => [group >> 8, group & 255]).join('.');
}

/** The eight groups of an IPv6 address, in whatever way it is written. */
function toGroups(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = [], after = []] = canonical
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16))));
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function ranges(family: 'ipv4' | 'ipv6', list: readonly [network: string, prefix: number][]): BlockList {
  const blocks = new BlockList();
  for (const [network, prefix] of list) blocks.addSubnet(network, prefix, family);
  return blocks;
}
