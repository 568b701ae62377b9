import { describe, expect, it } from '@jest/globals';
import type { JobRecord } from '#jobs';
import { changesOf } from './follow-job.js';

const waiting = (queuePosition: number): JobRecord =>
  ({ status: 'queued', run: 1, attempts: 0, progress: 0, queuePosition, timings: { startedAt: null } }) as JobRecord;

/** What is sent for a sequence of looks. */
async function sent(positions: readonly number[]): Promise<string[]> {
  const [first, ...others] = positions.map(waiting);
  const types: string[] = [];
  for await (const event of changesOf(first as JobRecord, '', () => Promise.resolve(others.shift() ?? null)))
    types.push(event?.type ?? 'sign of life');
  return types;
}

describe('looks at a job', () => {
  it('show its state once, and its place in the queue when that has changed', async () => {
    expect(await sent([7, 7, 5, 5, 4])).toEqual(['status', 'progress', 'progress']);
  });

  it('that show nothing new give a sign of life now and then', async () => {
    expect(await sent([7, 7, 7, 7, 7, 7, 7, 6])).toEqual(['status', 'sign of life', 'sign of life', 'progress']);
  });
});
