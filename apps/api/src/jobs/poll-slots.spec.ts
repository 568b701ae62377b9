import { describe, expect, it } from '@jest/globals';
import { PollSlots } from './poll-slots.js';

const now = Date.parse('2026-01-01T00:00:00.500Z');

function takeMany(slots: PollSlots, count: number, { prefix = 'job', at = now } = {}): number[] {
  return Array.from({ length: count }, (_, i) => slots.take(`${prefix}_${i}`, 1, at));
}

/** How many of `of` there are of each. */
function counts(of: readonly number[]): number[] {
  const byValue = new Map<number, number>();
  for (const value of of) byValue.set(value, (byValue.get(value) ?? 0) + 1);
  return [...byValue.values()];
}

describe('PollSlots', () => {
  it('lets few look as soon as they like', () => {
    const slots = new PollSlots();
    expect(takeMany(slots, 50)).toEqual(Array<number>(50).fill(1));
    expect(slots.take('job_far_back', 12, now)).toBe(12);
  });

  it('has a thousand look over twenty seconds', () => {
    const taken = takeMany(new PollSlots(), 1000);
    expect(Math.max(...taken)).toBe(20);
    expect(counts(taken)).toEqual(Array<number>(20).fill(50));
  });

  it('has those who were answered one after the other not look in the same tenth of a second', () => {
    const slots = new PollSlots();
    const lookAgainAt = (i: number, at: number) => at + 1000 * slots.take(`job_${i}`, 1, at);
    let looks = Array.from({ length: 1000 }, (_, i) => ({ i, at: now + i }));
    for (let looked = 0; looked < 3; looked++) {
      looks = looks.map(({ i, at }) => ({ i, at: lookAgainAt(i, at) })).sort((a, b) => a.at - b.at);
    }
    const inTenths = counts(looks.map(({ at }) => Math.floor(at / 100)));
    expect(Math.max(...inTenths)).toBeLessThan(10);
  });

  it('has a lone client look soon, however many look much later', () => {
    const slots = new PollSlots();
    for (let i = 0; i < 950; i++) slots.take(`job_far_back_${i}`, 25, now + i * 10);
    takeMany(slots, 2, { prefix: 'job_sooner' });
    expect(slots.take('job_near', 1, now)).toBe(1);
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
    expect(slots.take('job_new', 1, now)).toBe(21);
    expect(takeMany(slots, 50, { prefix: 'job_newer', at: now + 22_000 })).toEqual(Array<number>(50).fill(1));
  });
});
