import { describe, expect, it } from '@jest/globals';
import { EarshotError } from '#jobs';
import { requireLocalCaller } from './access-rules.js';

function codeFor(headers: Record<string, string>): string {
  try {
    requireLocalCaller(headers);
    return 'answered';
  } catch (error) {
    return error instanceof EarshotError ? error.code : String(error);
  }
}

const local = { host: 'localhost:3000' };

describe('requireLocalCaller', () => {
  it.each<[string, Record<string, string>, string]>([
    ['localhost', local, 'answered'],
    ['no port', { host: 'localhost' }, 'answered'],
    ['capitals', { host: 'LocalHost:3000' }, 'answered'],
    ['the IPv4 address', { host: '127.0.0.1:8080' }, 'answered'],
    ['the IPv6 address', { host: '[::1]:3000' }, 'answered'],
    ['no Host', {}, 'host_not_allowed'],
    ['another name that leads here', { host: 'evil.example:3000' }, 'host_not_allowed'],
    ['a name that begins like one of ours', { host: 'localhost.evil.example' }, 'host_not_allowed'],
    ['a name that ends like one of ours', { host: 'evil.example@localhost' }, 'host_not_allowed'],
    ['an address on the network', { host: '192.168.1.2:3000' }, 'host_not_allowed'],
    ['its own page', { ...local, origin: 'http://localhost:3000' }, 'answered'],
    ['a page of another site', { ...local, origin: 'https://evil.example' }, 'origin_not_allowed'],
    ['a page of another port', { ...local, origin: 'http://localhost:8080' }, 'origin_not_allowed'],
    ['a page without an origin', { ...local, origin: 'null' }, 'origin_not_allowed'],
    ['a cross-site request', { ...local, 'sec-fetch-site': 'cross-site' }, 'origin_not_allowed'],
    ['a request typed into a browser', { ...local, 'sec-fetch-site': 'none' }, 'answered'],
    ['a proxy', { ...local, 'x-forwarded-for': '203.0.113.9' }, 'proxy_not_allowed'],
    ['a proxy that tells the host', { ...local, 'x-forwarded-host': 'earshot.example' }, 'proxy_not_allowed'],
    ['a proxy that tells the scheme', { ...local, 'x-forwarded-proto': 'https' }, 'proxy_not_allowed'],
    ['a proxy that tells the address', { ...local, 'x-real-ip': '203.0.113.9' }, 'proxy_not_allowed'],
    ['a proxy of the newer kind', { ...local, forwarded: 'for=203.0.113.9' }, 'proxy_not_allowed'],
  ])('%s', (_name, headers, expected) => {
    expect(codeFor(headers)).toBe(expected);
  });
});
