import { describe, expect, it } from '@jest/globals';
import { withTestJobs } from '../../../../test/with-test-jobs.js';
import { queueKeyBase } from '../job-location.js';
import { announcePace } from '../pace.js';
import { announceWorker } from '../serving-workers.js';
import { readLoads } from './loads.js';

const loadOf = async (redis: Parameters<typeof readLoads>[0], label: string) =>
  (await readLoads(redis)).queues.find((queue) => queue.label === label);

describe('the loads of the queues', () => {
  it('count what waits, what is with a worker, and what has ended', () =>
    withTestJobs(async (jobs) => {
      expect((await readLoads(jobs.redis)).queues).toEqual([]);
      for (let i = 0; i < 5; i++) await jobs.submit();
      expect(await loadOf(jobs.redis, 'cpu')).toMatchObject({ waiting: 5, delayed: 0, taken: 0, ended: 0 });
      const { succeed } = await jobs.begin();
      await jobs.begin();
      await succeed();
      expect(await loadOf(jobs.redis, 'cpu')).toMatchObject({ waiting: 3, taken: 1, ended: 1 });
    }));

  it('count what is tried again later as waiting once it is due', () =>
    withTestJobs(async ({ redis }) => {
      await redis.sadd('{earshot}:queue-labels', 'cpu');
      const at = (ms: number) => (Date.now() + ms) * 4096;
      await redis.zadd(`${queueKeyBase('cpu')}delayed`, at(-1000), 'a', at(-1), 'b', at(60_000), 'c');
      expect(await loadOf(redis, 'cpu')).toMatchObject({ waiting: 2, delayed: 1 });
    }));

  it('tell what else is to be done, besides jobs', () =>
    withTestJobs(async ({ redis }) => {
      await redis.rpush('{earshot}:batches:wait', '1', '2');
      await redis.rpush('{earshot}:models:active', '3');
      await redis.zadd('{earshot}:webhooks:delayed', (Date.now() + 60_000) * 4096, '4');
      await redis.sadd('{earshot}:unfinished-batches', 'batch_1');
      const nothing = { waiting: 0, delayed: 0, taken: 0 };
      expect(await readLoads(redis)).toEqual({
        queues: [],
        archives: { ...nothing, waiting: 2 },
        modelChanges: { ...nothing, taken: 1 },
        deliveries: { ...nothing, delayed: 1 },
        unfinishedBatches: 1,
      });
    }));

  it('tell how long the next job of each priority has waited, though an urgent one is newer', () =>
    withTestJobs(async (jobs) => {
      expect((await loadOf(jobs.redis, 'cpu'))?.oldestWaitMs).toBeUndefined();
      const { redis } = jobs;
      const old = await jobs.submit();
      await redis.hset(queueKeyBase('cpu') + old, 'timestamp', Date.now() - 90_000);
      await jobs.submit();
      expect((await loadOf(redis, 'cpu'))?.oldestWaitMs).toBeGreaterThanOrEqual(90_000);
      await jobs.cancel(old);
      expect((await loadOf(redis, 'cpu'))?.oldestWaitMs).toBeLessThan(60_000);
    }));

  it('tell who works, also on a queue that never had a job', () =>
    withTestJobs(async ({ redis }) => {
      const worker = { engine: 'e', queues: ['gpu', 'cpu'], processes: 2 };
      for (const id of ['a', 'b']) await announceWorker(redis, { ...worker, id });
      await redis.zadd('{earshot}:serving-workers', '+inf', 'no JSON', '+inf', '{"queues":7}');
      for (const id of ['a', 'b']) await announcePace(redis, 'gpu', { id, jobsPerSecond: 2.5 });
      const idle = { waiting: 0, delayed: 0, taken: 0, ended: 0, oldestWaitMs: null, workers: 2, processes: 4 };
      expect((await readLoads(redis)).queues).toEqual([
        { label: 'cpu', ...idle, jobsPerSecond: null },
        { label: 'gpu', ...idle, jobsPerSecond: 5 },
      ]);
    }));
});
