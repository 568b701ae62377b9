import { describe, expect, it } from '@jest/globals';
import { EarshotError, type BatchView } from '#jobs';
import { BatchFollower, eventOf } from './follow-batch.js';

const batchOf = (succeeded: number, finishedAt: string | null = null): BatchView => ({
  ...{
    id: 'batch_1',
    status: finishedAt === null ? 'running' : 'finished',
    model: { name: 'm', version: '1', digest: '' },
  },
  counts: { total: 3, queued: 3 - succeeded, running: 0, succeeded, failed: 0, canceled: 0, expired: 0 },
  ...{
    reuse: true,
    metadata: {},
    createdAt: '',
    closedAt: null,
    canceledAt: null,
    closesAt: null,
    unpacking: null,
    finishedAt,
  },
  links: { self: '', files: '', results: '', events: '', close: '', cancel: '', retry: '' },
});
const over = batchOf(3, '2026-01-01T00:00:00Z');

/** Follows through looks that show one after the other, or fail. */
function follower(...shown: (BatchView | Error)[]) {
  let looks = 0;
  const view = () => {
    const next = shown[looks++] ?? over;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  return { following: new BatchFollower({ view }, new AbortController().signal), looks: () => looks };
}

const since = (lastEventId = '') => ({ lastEventId, gone: new AbortController().signal });

async function typesOf(events: AsyncIterable<{ type: string } | null>): Promise<(string | undefined)[]> {
  const types = [];
  for await (const event of events) types.push(event?.type);
  return types;
}

describe('BatchFollower', () => {
  it('tells each change once, and ends with the end', async () => {
    const { following } = follower(batchOf(1), batchOf(1), over);
    expect(await typesOf(following.follow('mill', batchOf(0), since()))).toEqual(['progress', 'progress', 'finished']);
  });

  it('tells who comes back only what it has not met', async () => {
    const { following } = follower(over);
    const { id } = eventOf(batchOf(1));
    expect(await typesOf(following.follow('mill', batchOf(1), since(id)))).toEqual(['finished']);
    expect(await typesOf(following.follow('mill', over, since(eventOf(over).id)))).toEqual([]);
  });

  it('looks once for all that follow, goes on after an outage, and ends where there is no batch any more', async () => {
    const away = new EarshotError('queue_unavailable', 'away');
    const { following, looks } = follower(away, batchOf(1), new EarshotError('batch_not_found', 'gone'));
    const both = [1, 2].map(() => typesOf(following.follow('mill', batchOf(0), since())));
    expect(await Promise.all(both)).toEqual([
      ['progress', 'progress'],
      ['progress', 'progress'],
    ]);
    expect(looks()).toBe(3);
  });
});
