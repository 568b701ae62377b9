import { expect, it } from '@jest/globals';
import { keepRecent, keyOf } from './recent.js';

it('keepRecent makes the latest results once, and forgets the one that was used longest ago', () => {
  const made: string[] = [];
  const get = keepRecent(2, (key: string) => {
    made.push(key);
    return { key };
  });
  const a = get('a');
  get('b');
  expect(get('a')).toBe(a);
  get('c');
  expect(get('a')).toBe(a);
  get('b');
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

it.each([NaN, Infinity, -Infinity])('keyOf refuses %d, which JSON would make null', (value) => {
  expect(keyOf({ hop: 1, padding: undefined })).toBe('{"hop":1}');
  expect(() => keyOf({ hop: 1, lowestHz: value })).toThrow(new RangeError(`lowestHz is ${value}, not a finite number`));
});
