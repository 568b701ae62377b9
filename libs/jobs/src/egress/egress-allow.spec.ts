import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { allowsAddress, allowsHost, parseEgressAllow } from './egress-allow.js';

describe('parseEgressAllow', () => {
  it('reads hosts, addresses and ranges, with and without ports', () => {
    const text = 'Hooks.Internal, bücher.example:8080,10.1.2.3, 127.0.0.1:9000,10.0.0.0/8,fd00::5,[::1]:80,fd00::/8,';
    expect(parseEgressAllow(text)).toEqual([
      { host: 'hooks.internal', port: null },
      { host: 'xn--bcher-kva.example', port: 8080 },
      { network: '10.1.2.3', prefix: 32, port: null },
      { network: '127.0.0.1', prefix: 32, port: 9000 },
      { network: '10.0.0.0', prefix: 8, port: null },
      { network: 'fd00::5', prefix: 128, port: null },
      { network: '::1', prefix: 128, port: 80 },
      { network: 'fd00::', prefix: 8, port: null },
    ]);
  });

  it.each([
    '',
    ',',
    'http://host',
    'host/path',
    'user@host',
    'host:0',
    'host:65536',
    'host:http',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0/8',
    'host/8',
    '[fd00::1',
    '[host]:80',
    'fe80::1%eth0',
    'a b',
    '*.internal/',
  ])('refuses %j, and does not repeat it', (text) => {
    expect(() => parseEgressAllow(text)).toThrow(/^must be hosts/);
  });
});

describe('an allow-list', () => {
  it('names a host by its name, whatever the case, on any or one port', () => {
    const allow = parseEgressAllow('build,hooks:8080');
    expect(allowsHost(allow, 'build', 1)).toBe(true);
    expect(allowsHost(allow, 'build.', 1)).toBe(true);
    expect(allowsHost(allow, 'hooks', 8080)).toBe(true);
    expect(allowsHost(allow, 'hooks', 8081)).toBe(false);
    expect(allowsHost(allow, 'rebuild', 1)).toBe(false);
    expect(allowsHost(allow, 'build.evil.example', 1)).toBe(false);
  });

  it('names addresses in ranges, on any or one port, and mapped ones as what they are', () => {
    const allow = parseEgressAllow('10.1.0.0/16,127.0.0.1:9000,fd00::/8');
    expect(allowsAddress(allow, '10.1.255.255', 1)).toBe(true);
    expect(allowsAddress(allow, '::ffff:10.1.0.1', 1)).toBe(true);
    expect(allowsAddress(allow, '10.2.0.0', 1)).toBe(false);
    expect(allowsAddress(allow, '127.0.0.1', 9000)).toBe(true);
    expect(allowsAddress(allow, '127.0.0.1', 9001)).toBe(false);
    expect(allowsAddress(allow, 'fdff::1', 1)).toBe(true);
    expect(allowsAddress(allow, 'fe80::1%eth0', 1)).toBe(false);
  });

  it('with a range holds every address in it and none outside', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (network, address, prefix) => {
        const bits = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
        const cut = 2 ** (32 - prefix);
        const inside = Math.floor(bits(network) / cut) === Math.floor(bits(address) / cut);
        expect(allowsAddress(parseEgressAllow(`${network}/${prefix}`), address, 80)).toBe(inside);
      }),
    );
  });
});
