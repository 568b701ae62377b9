import { describe, expect, it } from '@jest/globals';
import { isJobId, jobIdTime, newAttemptToken, newJobId, reverseTime } from './ids.js';
import { archiveKey } from './object-keys.js';

describe('job ids', () => {
  it('carry the time they were made', () => {
    const now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    expect(jobIdTime(newJobId(now))).toBe(now);
  });

  it('sort by that time', () => {
    const ids = [1_000, 2_000_000, 1_700_000_000_000, 1_700_000_000_001].map((now) => newJobId(now));
    expect(ids.toSorted()).toEqual(ids);
  });

  it.each([
    '',
    'job_',
    'job_01',
    `job_${'U'.repeat(26)}`,
    `../${newJobId()}`,
    `${newJobId()}/x`,
    newJobId().toLowerCase(),
  ])('%j is none', (text) => expect(isJobId(text)).toBe(false));

  it('are recognised as what they are', () => expect(isJobId(newJobId())).toBe(true));

  it('are never given twice, and neither are attempt tokens', () => {
    const all = Array.from({ length: 1000 }, () => [newJobId(5), newAttemptToken()]).flat();
    expect(new Set(all).size).toBe(2000);
  });
});

describe('archive keys', () => {
  it('list the newest job first', () => {
    const keys = [1_700_000_000_000, 1_700_000_000_500, 1_800_000_000_000].map((now) =>
      archiveKey('local', newJobId(now)),
    );
    expect(keys.toSorted()).toEqual(keys.toReversed());
  });

  it('have twelve digits of time, whatever the time', () => {
    expect([0, 1_700_000_000_000, 2 ** 48 - 1].map((now) => reverseTime(now).length)).toEqual([12, 12, 12]);
  });
});
