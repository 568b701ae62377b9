import { describe, expect, it } from '@jest/globals';
import { findQueuedJob, listJobs, retryJob, type JobFilter } from '#jobs';
import { withTestJobs, type TestJobs } from '../../../test/with-test-jobs.js';

/** All pages, their jobs' ids page by page. */
async function pages(jobs: TestJobs, limit: number, filter: JobFilter = {}, owner = 'local'): Promise<string[][]> {
  const seen: string[][] = [];
  for (let after: string | null = null; ;) {
    const page = await listJobs(jobs, owner, { limit, after, filter });
    seen.push(page.jobs.map(({ id }) => id));
    if (page.next === null) return seen;
    after = page.next;
  }
}

/** So many jobs, the oldest first, several of them made in the same millisecond. */
async function submitMany(jobs: TestJobs, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await jobs.submit({}, Date.now() - 10_000 + Math.floor(i / 3)));
  return ids;
}

describe('a list of jobs', () => {
  it('has the newest first, wherever they are, and each once', () =>
    withTestJobs(async (jobs) => {
      const ids = await submitMany(jobs, 30);
      for (const id of ids.filter((_id, i) => i % 2 === 0)) {
        await jobs.cancel(id);
        await jobs.archive(id);
      }
      const seen = await pages(jobs, 7);
      expect(seen.map((page) => page.length)).toEqual([7, 7, 7, 7, 2]);
      const times = seen.flat().map((id) => id.slice(0, 14));
      expect(times).toEqual(times.toSorted().reverse());
      expect(seen.flat().sort()).toEqual(ids.toSorted());
    }));

  it('ends without an empty page', () =>
    withTestJobs(async (jobs) => {
      await submitMany(jobs, 6);
      expect((await pages(jobs, 3)).map((page) => page.length)).toEqual([3, 3]);
      expect(await pages(jobs, 3, {}, 'nobody')).toEqual([[]]);
    }));

  it('misses and doubles none while they finish, are archived, retried and added', () =>
    withTestJobs(async (jobs) => {
      const ids = await submitMany(jobs, 60);
      let done = false;
      const move = async (): Promise<void> => {
        for (let i = 0; !done; i++) {
          const id = ids[(i * 7) % ids.length] as string;
          if (await findQueuedJob(jobs.redis, 'local', id)) {
            await jobs.cancel(id);
            await jobs.archive(id);
          } else await retryJob(jobs, 'local', id);
          await jobs.submit();
        }
      };
      const moving = move();
      const counts = [];
      for (let round = 0; round < 15; round++) {
        const seen = (await pages(jobs, 4)).flat();
        counts.push([new Set(seen).size === seen.length, ids.filter((id) => !seen.includes(id))]);
      }
      done = true;
      await moving;
      expect(counts).toEqual(counts.map(() => [true, []]));
    }));

  it('has only the owner’s own', () =>
    withTestJobs(async (jobs) => {
      const [mine, other] = [await jobs.submit(), await jobs.submit({ owner: 'other' })];
      expect(await pages(jobs, 5)).toEqual([[mine]]);
      expect(await pages(jobs, 5, {}, 'other')).toEqual([[other]]);
    }));
});

describe('a filtered list', () => {
  it('has those of a status, of a model and of a batch', () =>
    withTestJobs(async (jobs) => {
      const [ended, waiting] = [await jobs.submit(), await jobs.submit()];
      const model = { name: 'demo', version: '2.0.0', digest: '' };
      const newer = await jobs.submit({ model });
      const inBatch = await jobs.submit({ batch: { id: 'batch_1', path: 'a.wav', reuse: true } });
      await jobs.cancel(ended);
      await jobs.archive(ended);
      const of = async (filter: JobFilter) => (await pages(jobs, 10, filter)).flat().sort();
      expect(await of({ statuses: ['canceled', 'failed'] })).toEqual([ended]);
      expect(await of({ statuses: ['queued'] })).toEqual([waiting, newer, inBatch].sort());
      expect(await of({ model: 'demo@2.0.0' })).toEqual([newer]);
      expect(await of({ model: 'demo' })).toEqual([ended, waiting, newer, inBatch].sort());
      expect(await of({ batch: 'batch_1' })).toEqual([inBatch]);
    }));

  it('gives up a page after a few hundred, and goes on with the next', () =>
    withTestJobs(async (jobs) => {
      const old = await jobs.submit({ model: { name: 'rare', version: '1.0.0', digest: '' } }, Date.now() - 60_000);
      await Promise.all(Array.from({ length: 700 }, () => jobs.submit()));
      const seen = await pages(jobs, 10, { model: 'rare' });
      expect(seen).toEqual([[], [], [old]]);
    }));
});
