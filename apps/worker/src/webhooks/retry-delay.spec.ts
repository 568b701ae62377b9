import { describe, expect, it } from '@jest/globals';
import { mostAttempts } from '#jobs';
import { parseRetryAfter, retryDelay, retryDelays } from './retry-delay.js';

const hour = 3_600_000;

describe('the wait between two attempts', () => {
  it('is longer each time, and there is one between any two of the ten', () => {
    expect(retryDelays).toHaveLength(mostAttempts - 1);
    const waits = retryDelays.map((_wait, i) => retryDelay(i + 1, 0, 0) / 1000);
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  });

  it('is up to a tenth longer, by chance', () => {
    expect([0, 0.5, 1].map((random) => retryDelay(1, 0, random))).toEqual([5000, 5250, 5500]);
  });

  it('is as long as the receiver asks for, but no shorter than usual and no longer than a day', () => {
    expect(retryDelay(1, 60_000, 0)).toBe(60_000);
    expect(retryDelay(3, 1000, 0)).toBe(retryDelays[2]);
    expect(retryDelay(1, 1000 * hour, 0)).toBe(24 * hour);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
    ['9'.repeat(400), 0],
    [undefined, 0],
  ])('%s', (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });
});
