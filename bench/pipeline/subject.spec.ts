import { describe, expect, it } from '@jest/globals';
import { parsePeerAddress } from './subject.js';

describe('the address of a peer', () => {
  it.each(['http://127.0.0.1:5010/inference', 'http://localhost:5010/', 'http://[::1]:5010/a?b=c'])(
    'may be of this machine: %s',
    (address) => {
      expect(parsePeerAddress(address).href).toBe(address);
    },
  );

  it.each([
    'http://example.org/inference',
    'http://192.168.0.7:5010/',
    'http://127.0.0.1.example.org/',
    'http://127.0.0.1@example.org/',
    'https://localhost/',
    'localhost:5010',
    '',
  ])('is refused when it is not: %s', (address) => {
    expect(() => parsePeerAddress(address)).toThrow('an http: address of this machine');
  });
});
