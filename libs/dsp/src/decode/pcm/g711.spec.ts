import { describe, expect, it } from '@jest/globals';
import { g711Table } from './g711.js';

/** ITU-T G.711, tables 1 and 2: a sign, three bits of exponent and four of mantissa, some of them turned around. */
function valueOf(law: 'a-law' | 'mu-law', code: number): number {
  const bits = law === 'a-law' ? code ^ 0x55 : code ^ 0xff;
  const [exponent, mantissa] = [(bits >> 4) & 7, bits & 15];
  const isNegative = law === 'a-law' ? bits < 128 : bits >= 128;
  const muLaw = (2 * mantissa + 33) * 2 ** exponent - 33;
  const aLaw = exponent === 0 ? 2 * mantissa + 1 : (2 * mantissa + 33) * 2 ** (exponent - 1);
  const magnitude = law === 'a-law' ? aLaw / 2 ** 12 : muLaw / 2 ** 13;
  return isNegative ? -magnitude : magnitude;
}

describe('g711Table', () => {
  it.each(['a-law', 'mu-law'] as const)('holds what the standard says of each code of %s', (law) => {
    const expected = Array.from({ length: 256 }, (_, code) => valueOf(law, code) + 0);
    expect(Array.from(g711Table(law), (value) => value + 0)).toEqual(expected);
  });
});
