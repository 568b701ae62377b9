import { describe, expect, it } from '@jest/globals';
import { backlogKey, deleteJob, listJobs, newJobId, readJob, resultKey, retryJob } from '#jobs';
import { withTestJobs, type TestJobs } from '../../../test/with-test-jobs.js';

const owner = 'local';

const read = (jobs: TestJobs, id: string) => readJob(jobs, owner, id);
const remove = (jobs: TestJobs, id: string) => deleteJob(jobs, owner, id);

async function objects({ store }: TestJobs): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys;
}

async function keysNaming({ redis }: TestJobs, id: string): Promise<string[]> {
  return (await redis.keys('*')).filter((key) => key.includes(id) && !key.endsWith(':lock'));
}

async function succeeded(jobs: TestJobs): Promise<string> {
  const id = await jobs.submit();
  await (await jobs.begin()).succeed();
  return id;
}

describe('deleting', () => {
  it.each([
    ['in the outbox', () => Promise.resolve()],
    ['in the archive', async (jobs: TestJobs, id: string) => void (await jobs.archive(id))],
    [
      'in the archive, twice',
      async (jobs: TestJobs) => {
        const other = await jobs.submit();
        await jobs.cancel(other);
        await retryJob(jobs, owner, other);
        await jobs.cancel(other);
        await jobs.archive(other);
        await remove(jobs, other);
      },
    ],
  ])('leaves nothing of a job that is %s', (_place, reach) =>
    withTestJobs(async (jobs) => {
      const id = await succeeded(jobs);
      await reach(jobs, id);
      expect([await remove(jobs, id), await remove(jobs, id)]).toEqual(['deleted', 'missing']);
      expect(await read(jobs, id)).toBeNull();
      expect(await listJobs(jobs, owner, { limit: 9, after: null, filter: {} })).toEqual({ jobs: [], next: null });
      expect([await objects(jobs), await keysNaming(jobs, id)]).toEqual([[], []]);
      expect(await jobs.redis.exists(backlogKey('cpu'))).toBe(0);
    }),
  );

  it('is refused for a job that waits or runs, also when it is retried, and for another owner’s', () =>
    withTestJobs(async (jobs) => {
      const id = await jobs.submit();
      expect(await remove(jobs, id)).toBe('unfinished');
      await jobs.begin();
      expect(await remove(jobs, id)).toBe('unfinished');
      await jobs.cancel(id);
      expect(await deleteJob(jobs, 'other', id)).toBe('missing');
      await jobs.archive(id);
      await retryJob(jobs, owner, id);
      expect(await remove(jobs, id)).toBe('unfinished');
      expect(await remove(jobs, newJobId())).toBe('missing');
      expect(await read(jobs, id)).toMatchObject({ status: 'queued' });
    }));

  it('is for good: an archiver that has the job in hand does not bring it back', () =>
    withTestJobs(async (jobs) => {
      const id = await succeeded(jobs);
      const archive = await jobs.beginArchiving(id);
      await remove(jobs, id);
      await archive();
      await jobs.store.put(resultKey(owner, id, 'late'), Buffer.from('{}'));
      expect(await read(jobs, id)).toBeNull();
      expect(await listJobs(jobs, owner, { limit: 9, after: null, filter: {} })).toEqual({ jobs: [], next: null });
      expect([await remove(jobs, id), await retryJob(jobs, owner, id)]).toEqual(['missing', 'missing']);
    }));

  it('and retrying at once: one of them happens', () =>
    withTestJobs(async (jobs) => {
      for (let i = 0; i < 10; i++) {
        const id = await jobs.submit();
        await jobs.cancel(id);
        if (i % 2 === 0) await jobs.archive(id);
        const outcomes = await Promise.all([retryJob(jobs, owner, id), remove(jobs, id)]);
        const status = (await read(jobs, id))?.status ?? 'none';
        const either = ['retried,unfinished,queued', 'missing,deleted,none', 'input-missing,deleted,none'];
        expect(either).toContain([...outcomes, status].join());
      }
    }));
});
