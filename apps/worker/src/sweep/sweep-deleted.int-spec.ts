import { describe, expect, it } from '@jest/globals';
import { deletedJobsKey, deleteJob, resultKey } from '#jobs';
import { withTestJobs, type TestJobs } from '../../../../test/with-test-jobs.js';
import { sweepLeftovers } from './sweep-leftovers.js';

const owner = 'local';
const hour = 3_600_000;

async function objects({ store }: TestJobs): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys;
}

async function succeeded(jobs: TestJobs): Promise<string> {
  const id = await jobs.submit();
  await (await jobs.begin()).succeed();
  return id;
}

describe('the sweep of deleted jobs', () => {
  it('removes what was written after the deletion, once nobody can be that late', () =>
    withTestJobs(async (jobs) => {
      const id = await succeeded(jobs);
      const archive = await jobs.beginArchiving(id);
      await deleteJob(jobs, owner, id);
      await archive();
      await jobs.store.put(resultKey(owner, id, 'late'), Buffer.from('{}'));
      expect(await sweepLeftovers(jobs, hour)).toBe(0);
      expect(await sweepLeftovers(jobs, hour, Date.now() + 2 * hour)).toBe(2);
      expect([await objects(jobs), await jobs.redis.exists(deletedJobsKey)]).toEqual([[], 0]);
    }));

  it('ends a deletion that was cut short', () =>
    withTestJobs(async (jobs) => {
      const id = await succeeded(jobs);
      await jobs.archive(id);
      await jobs.redis.zadd(deletedJobsKey, Date.now(), `${owner}/${id}`);
      await sweepLeftovers(jobs, hour, Date.now() + 2 * hour);
      expect(await objects(jobs)).toEqual([]);
    }));
});
