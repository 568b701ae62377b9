import { expect, it } from '@jest/globals';
import { toAge } from './age.js';

const now = Date.parse('2026-11-21T18:00:00.000Z');

it.each([
  ['2026-11-21T18:00:00.400Z', '0 s'],
  ['2026-11-21T17:59:00.001Z', '59 s'],
  ['2026-11-21T17:59:00.000Z', '1 min'],
  ['2026-11-21T17:00:00.000Z', '1 h'],
  ['2026-11-19T17:00:00.000Z', '2 d'],
])('what happened at %s is %s old', (time, age) => {
  expect(toAge(time, now)).toBe(age);
});
