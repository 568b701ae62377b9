import { describe, expect, it } from '@jest/globals';
import { PollSlots } from './poll-slots.js';

const now = Date.parse('2026-01-01T00:00:00.500Z');

function takeMany(slots: PollSlots, count: number): number[] {
  return Array.from({ length: count }, (_, i) => slots.take(`job_${i}`, 1, now));
}

describe('PollSlots', () => {
  it('lets few look as soon as they like', () => {
    const slots = new PollSlots();
    expect(takeMany(slots, 50)).toEqual(Array<number>(50).fill(1));
    expect(slots.take('job_far_back', 12, now)).toBe(12);
  });

  it('has a thousand look over twenty seconds', () => {
    const taken = takeMany(new PollSlots(), 1000);
    expect(taken.slice(0, 50)).toEqual(Array<number>(50).fill(1));
    expect(taken.slice(950)).toEqual(Array<number>(50).fill(20));
  });

  it('sends nobody away for longer than half a minute', () => {
    expect(Math.max(...takeMany(new PollSlots(), 10_000))).toBe(30);
  });

  it('gives the impatient no more room than others', () => {
    const slots = new PollSlots();
    for (let i = 0; i < 1000; i++) expect(slots.take('job_watched', 1, now)).toBe(1);
    expect(slots.take('job_other', 1, now)).toBe(1);
  });

  it('forgets the seconds that are over', () => {
    const slots = new PollSlots();
    takeMany(slots, 1000);
    expect(slots.take('job_new', 1, now + 19_000)).toBe(2);
    expect(slots.take('job_newer', 1, now + 20_000)).toBe(1);
  });
});
