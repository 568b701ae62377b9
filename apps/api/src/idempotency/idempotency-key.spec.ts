import { describe, expect, it } from '@jest/globals';
import { fingerprintOf, idempotencyKeyOf } from './idempotency-key.js';

describe('idempotencyKeyOf', () => {
  it('reads a key, with or without its quotes', () => {
    expect(idempotencyKeyOf({})).toBeUndefined();
    expect(idempotencyKeyOf({ 'idempotency-key': 'a-1' })).toBe('a-1');
    expect(idempotencyKeyOf({ 'idempotency-key': '"a-1"' })).toBe('a-1');
    expect(idempotencyKeyOf({ 'idempotency-key': 'x'.repeat(255) })).toHaveLength(255);
  });

  it.each(['', '""', 'a b', 'ä', 'x'.repeat(256)])('refuses %j', (key) => {
    expect(() => idempotencyKeyOf({ 'idempotency-key': key })).toThrow('1 to 255 printable');
  });
});

describe('fingerprintOf', () => {
  it('is the same in any order, and another for any other value, name or number of values', () => {
    const prints = [
      [['a', '1']],
      [['a', '2']],
      [['a', null]],
      [['b', '1']],
      [
        ['a', '1'],
        ['a', '1'],
      ],
      [['a', '1","b"']],
      [],
    ] as [string, string | null][][];
    expect(new Set(prints.map(fingerprintOf)).size).toBe(prints.length);
    expect(
      fingerprintOf([
        ['a', '1'],
        ['b', '2'],
      ]),
    ).toBe(
      fingerprintOf([
        ['b', '2'],
        ['a', '1'],
      ]),
    );
  });
});
