import { describe, expect, it } from '@jest/globals';
import { toQueuePriority } from './priority.js';

describe('a caller’s priority', () => {
  const numbers = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map(toQueuePriority);

  it('is taken the sooner the higher it is', () => expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers));

  it('always becomes a number BullMQ takes, and never none', () => {
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(2 ** 21);
  });
});
