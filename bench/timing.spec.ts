import { describe, expect, it } from '@jest/globals';
import { measureMs, median, percentile } from './timing.js';

describe('a percentile', () => {
  it.each([
    [[7], 0.95, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 3, 2, 1], 0.5, 2],
    [Array.from({ length: 100 }, (_, i) => 100 - i), 0.95, 95],
    [[1, 10, 2], 1, 10],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('measuring', () => {
  it('counts the runs that were asked for, after some that warm up', async () => {
    let calls = 0;
    const taken = await measureMs(() => calls++, { runs: 5 });
    expect(taken).toHaveLength(5);
    expect(calls).toBeGreaterThan(5);
  });

  it('waits for what it measures', async () => {
    const taken = await measureMs(() => new Promise((resolve) => setTimeout(resolve, 20)), { runs: 1 });
    expect(taken[0]).toBeGreaterThan(15);
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    let calls = 0;
    const run = () => {
      calls += 1;
      stop.abort(new Error('stopped'));
    };
    await expect(measureMs(run, { runs: 5, signal: stop.signal })).rejects.toThrow('stopped');
    expect(calls).toBe(1);
  });
});
