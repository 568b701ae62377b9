import { describe, expect, it } from '@jest/globals';
import { testPayload, withTestJobs } from '../../../../test/with-test-jobs.js';
import { readTally, tallyAttempt, tallyKey, tallySeconds } from './tally.js';

describe('the tally', () => {
  it('has each finished run once, however often it is archived', () =>
    withTestJobs(async (jobs) => {
      await jobs.submit();
      const { id, succeed } = await jobs.begin();
      await succeed();
      const [first, second] = [await jobs.beginArchiving(id), await jobs.beginArchiving(id)];
      await first();
      await second();
      const canceled = await jobs.submit({ model: { ...testPayload.model, name: 'other' } });
      await jobs.cancel(canceled);
      await jobs.archive(canceled);
      const { models } = await readTally(jobs.redis);
      const found = models.toSorted((a, b) => (a.model < b.model ? -1 : 1));
      expect(found.map(({ label, model, ends }) => [label, model, ends])).toEqual([
        ['cpu', 'demo', { succeeded: 1, failed: 0, canceled: 0, expired: 0 }],
        ['cpu', 'other', { succeeded: 0, failed: 0, canceled: 1, expired: 0 }],
      ]);
    }));

  it('has the times of jobs that have begun, in classes', () =>
    withTestJobs(async (jobs) => {
      await jobs.submit();
      const { id, succeed } = await jobs.begin();
      await jobs.redis.hincrby(`{earshot}:inference-cpu:${id}`, 'timestamp', -7000);
      await succeed();
      await jobs.archive(id);
      const canceled = await jobs.submit();
      await jobs.cancel(canceled);
      await jobs.archive(canceled);
      const [tally] = (await readTally(jobs.redis)).models;
      expect(tally?.wait.counts[tallySeconds.indexOf(10)]).toBe(1);
      expect(tally?.wait.seconds).toBeGreaterThanOrEqual(7);
      for (const name of ['wait', 'run'] as const)
        expect(tally?.[name].counts.reduce((sum, count) => sum + count)).toBe(1);
    }));

  it('counts attempts at deliveries, and leaves out what another version has counted', () =>
    withTestJobs(async ({ redis }) => {
      for (const end of ['delivered', 'delivered', 'pending'] as const) await tallyAttempt(redis, end);
      const foreign = { 'attempts/lost': 3, 'jobs/cpu/demo/wait/99': 1, 'jobs/cpu/demo/slept': 1, 'moons/9': 2 };
      await redis.hset(tallyKey, foreign);
      const { models, attempts } = await readTally(redis);
      expect(attempts).toEqual({ delivered: 2, pending: 1, failed: 0 });
      expect(models[0]?.ends).toEqual({ succeeded: 0, failed: 0, canceled: 0, expired: 0 });
      expect(models[0]?.wait.counts.some((count) => count > 0)).toBe(false);
    }));
});
