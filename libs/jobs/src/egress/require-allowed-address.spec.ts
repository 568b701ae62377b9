import { describe, expect, it } from '@jest/globals';
import { EarshotError } from '../errors.js';
import { parseEgressAllow, type EgressAllow } from './egress-allow.js';
import { requireAllowedAddress } from './require-allowed-address.js';

/** What becomes of an address whose host, if it has to be resolved, is at `addresses`. */
async function judge(address: string, addresses: string[] = ['1.1.1.1'], allow: EgressAllow = []): Promise<unknown> {
  try {
    return (await requireAllowedAddress(address, allow, () => Promise.resolve(addresses))).addresses;
  } catch (error) {
    if (error instanceof EarshotError) return error.code;
    throw error;
  }
}

describe('requireAllowedAddress', () => {
  it.each([
    ['http://example.com/a.wav', ['1.1.1.1']],
    ['https://example.com:8443/a.wav?x=1#y', ['1.1.1.1']],
    ['http://93.184.216.34/', ['93.184.216.34']],
    ['http://[2606:4700::1111]:8080/', ['2606:4700::1111']],
  ])('takes %s', async (address, addresses) => {
    expect(await judge(address)).toEqual(addresses);
  });

  it.each([
    'ftp://example.com/a.wav',
    'file:///etc/passwd',
    'gopher://example.com',
    'data:audio/wav;base64,AAAA',
    '//example.com/a.wav',
    'example.com',
    'http://',
    'http://user@example.com/',
    'http://:secret@example.com/',
    'http://user:secret@example.com/',
  ])('refuses %s for its form', async (address) => {
    expect(await judge(address)).toBe('address_not_allowed');
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.0.0.1./',
    'http://①②⑦.0.0.1/',
    'http://0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[2002:7f00:1::]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
  ])('refuses %s for where it leads', async (address) => {
    expect(await judge(address)).toBe('address_not_allowed');
  });

  it('refuses a host when one of its addresses is not public', async () => {
    expect(await judge('http://a.example/', ['1.1.1.1', '2606:4700::1111'])).toEqual(['1.1.1.1', '2606:4700::1111']);
    expect(await judge('http://a.example/', ['1.1.1.1', '10.0.0.1'])).toBe('address_not_allowed');
    expect(await judge('http://a.example/', ['fe80::1%eth0'])).toBe('address_not_allowed');
  });

  it('tells no one what a name means inside', async () => {
    const refused = requireAllowedAddress('http://db.internal/', [], () => Promise.resolve(['10.9.8.7']));
    await expect(refused).rejects.toThrow(/^(?!.*10\.9\.8\.7)/);
  });

  it('says of a host without addresses that it has none', async () => {
    expect(await judge('http://a.example/', [])).toBe('address_unresolved');
    const failing = requireAllowedAddress('http://a.example/', [], () => Promise.reject(new Error('ENOTFOUND')));
    await expect(failing).rejects.toMatchObject({ code: 'address_unresolved' });
  });

  it('takes what the list names: by host, by address, on the port it names', async () => {
    const allow = parseEgressAllow('hooks.internal,10.1.0.0/16,[::1]:8080');
    expect(await judge('http://hooks.internal:99/', ['10.9.9.9'], allow)).toEqual(['10.9.9.9']);
    expect(await judge('http://other.internal/', ['10.1.2.3'], allow)).toEqual(['10.1.2.3']);
    expect(await judge('http://[::1]:8080/', [], allow)).toEqual(['::1']);
    expect(await judge('http://[::1]/', [], allow)).toBe('address_not_allowed');
    expect(await judge('http://other.internal/', ['10.1.2.3', '10.2.0.1'], allow)).toBe('address_not_allowed');
    expect(await judge('https://127.0.0.1/', [], parseEgressAllow('127.0.0.1:443'))).toEqual(['127.0.0.1']);
  });
});
