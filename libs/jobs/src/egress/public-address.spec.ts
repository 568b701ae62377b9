import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { isPublicAddress, toPlainAddress } from './public-address.js';

const special = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.7',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
];
const open = ['1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '128.0.0.0', '172.15.255.255'];
open.push('172.32.0.0', '192.167.255.255', '198.17.255.255', '198.20.0.0', '223.255.255.255', '168.63.129.17');

/** All the ways in which an IPv6 address can carry an IPv4 address. */
function carriersOf(ipv4: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  return [
    `::ffff:${ipv4}`,
    `::ffff:${hex}`,
    `0:0:0:0:0:FFFF:${hex}`,
    `64:ff9b::${ipv4}`,
    `64:ff9b::${hex}`,
    `2002:${hex}::1`,
  ];
}

describe('isPublicAddress', () => {
  it.each(special)('is false for %s, and however an IPv6 address carries it', (address) => {
    expect([address, ...carriersOf(address)].filter(isPublicAddress)).toEqual([]);
  });

  it.each(open)('is true for %s, and however an IPv6 address carries it', (address) => {
    expect([address, ...carriersOf(address)].filter((each) => !isPublicAddress(each))).toEqual([]);
  });

  it.each([
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['an IPv4-compatible address', '::1.1.1.1'],
    ['NAT64 of a network’s own', '64:ff9b:1::1.1.1.1'],
    ['discarded', '100::1'],
    ['Teredo', '2001::1'],
    ['benchmarking', '2001:2::1'],
    ['documentation', '2001:db8::1'],
    ['documentation, the newer range', '3fff:0:1::1'],
    ['segment routing', '5f00::1'],
    ['unique local', 'fc00::1'],
    ['the metadata of EC2', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['no address', 'example.com'],
    ['a number', '2130706433'],
    ['nothing', ''],
  ])('is false for %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['2606:4700::1111', '2a00:1450:4001:81b::200e', '2001:200::1', '2400::'])('is true for %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it('is never true outside 2000::/3, but for NAT64', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = parseInt(new URL(`http://[${address}]`).hostname.slice(1).split(':')[0] || '0', 16);
        const mayBe = first >> 13 === 1 || toPlainAddress(address).includes('.') || first === 0x64;
        expect(isPublicAddress(address) && !mayBe).toBe(false);
      }),
    );
  });

  it('judges an IPv4 address the same in all its disguises', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        for (const carrier of carriersOf(address)) expect(isPublicAddress(carrier)).toBe(isPublicAddress(address));
      }),
    );
  });
});
