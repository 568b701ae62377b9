import { describe, expect, it } from '@jest/globals';
import type { JobRecord } from '#jobs';
import { eventsOf, isAfter } from './job-progress.js';

/** All of a job that its events are made from. */
function job(status: JobRecord['status'], run: number, attempts: number): JobRecord {
  const startedAt = status === 'queued' || attempts === 0 ? null : '2026-01-01T00:00:00.000Z';
  return { id: 'job_1', status, run, attempts, timings: { startedAt } } as JobRecord;
}

/** A life with everything in it: lost workers, passing errors, a cancel before it began, retries. */
const life = [
  job('queued', 1, 0),
  job('running', 1, 1),
  job('queued', 1, 1),
  job('running', 1, 2),
  job('running', 1, 3),
  job('failed', 1, 3),
  job('queued', 2, 3),
  job('canceled', 2, 3),
  job('queued', 3, 3),
  job('running', 3, 4),
  job('queued', 3, 4),
  job('running', 3, 12),
  job('succeeded', 3, 12),
];

/** What is sent to who looks at these moments of the life, one after the other. */
function sent(moments: readonly JobRecord[], lastId = ''): string[] {
  const ids: string[] = [];
  for (const moment of moments)
    ids.push(...eventsOf(moment).flatMap(({ id }) => (isAfter(id, ids.at(-1) ?? lastId) ? [id] : [])));
  return ids;
}

describe('the events of a job', () => {
  it('have ids that only grow, each once', () => {
    const ids = sent(life);
    expect(ids).toHaveLength(life.length);
    expect(sent([...life, ...life])).toEqual(ids);
  });

  it.each(life.map((_moment, i) => i))('are the same for who goes away after moment %i and comes back', (i) => {
    const before = sent(life.slice(0, i + 1));
    const lastId = before.at(-1) ?? '';
    expect([...before, ...sent(life.slice(i), lastId)]).toEqual(sent(life));
  });

  it('tell who comes late that it ran, and how it ended', () => {
    expect(eventsOf(job('succeeded', 1, 2)).map(({ type, id }) => `${type} ${id}`)).toEqual([
      'status 1.2.1',
      'finished 1.2.3',
    ]);
  });

  it.each(['', 'nonsense', '1.2', '9.9.9', '1.2.3.4', '-1.0.2'])('are all sent to who names %j', (lastId) => {
    expect(sent([job('queued', 1, 0)], lastId)).toEqual(['1.0.2']);
  });
});
