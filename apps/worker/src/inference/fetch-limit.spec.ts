import { describe, expect, it } from '@jest/globals';
import { FetchLimit } from './fetch-limit.js';

describe('how many jobs a worker holds', () => {
  it('is one for each process before anything was measured', () => expect(new FetchLimit(3).value).toBe(3));

  it('adds about a second of measured work', () => {
    const limit = new FetchLimit(2);
    limit.measured(100, 1);
    expect(limit.value).toBe(2 + 20);
  });

  it('counts a group by its jobs', () => {
    const limit = new FetchLimit(1);
    limit.measured(800, 16);
    expect(limit.value).toBe(1 + 20);
  });

  it('is one for each process when a job takes longer than the second', () => {
    const limit = new FetchLimit(2);
    limit.measured(5000, 1);
    expect(limit.value).toBe(2);
  });

  it('stays bounded however short the jobs are', () => {
    const limit = new FetchLimit(2);
    limit.measured(0, 16);
    expect(limit.value).toBe(256);
  });

  it('follows a change within some groups, and not within one', () => {
    const limit = new FetchLimit(1);
    limit.measured(1000, 1);
    limit.measured(10, 1);
    const afterOne = limit.value;
    for (let i = 0; i < 30; i++) limit.measured(10, 1);
    expect([afterOne < 5, limit.value > 50]).toEqual([true, true]);
  });
});
