import { expect, it } from '@jest/globals';
import type { JobRecord } from '#jobs';
import { retryAfterSeconds } from './retry-after.js';

const now = Date.parse('2026-01-01T00:00:00Z');
const afterFor = (estimatedStartAt: string | null) => retryAfterSeconds({ estimatedStartAt } as JobRecord, now);

it('is a second for what runs, or might at any moment', () => {
  expect(afterFor(null)).toBe(1);
  expect(afterFor('2025-12-31T23:59:00Z')).toBe(1);
  expect(afterFor('2026-01-01T00:00:00.100Z')).toBe(1);
});

it('is the time until a job is expected to start, up to half a minute', () => {
  expect(afterFor('2026-01-01T00:00:12.300Z')).toBe(13);
  expect(afterFor('2026-01-01T02:00:00Z')).toBe(30);
});
