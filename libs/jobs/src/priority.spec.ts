import { describe, expect, it } from '@jest/globals';
import { bandWidth, firstOfBand, toPriority } from './priority.js';

const priorities = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0];

describe('the numbers of a priority', () => {
  it('are before those of every lower one, and within what BullMQ takes', () => {
    const bands = priorities.map((priority) => [firstOfBand(priority), firstOfBand(priority) + bandWidth - 1]);
    expect(bands.flat()).toEqual(bands.flat().toSorted((a, b) => a - b));
    expect(bands[0]?.[0]).toBe(1);
    expect(bands.at(-1)?.[1]).toBeLessThan(2 ** 21);
  });

  it('tell the priority', () => {
    const last = priorities.map((priority) => toPriority(firstOfBand(priority) + bandWidth - 1));
    expect([priorities.map((priority) => toPriority(firstOfBand(priority))), last]).toEqual([priorities, priorities]);
  });
});
