import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { queueKeyBase, retryJob } from '#jobs';
import { EventSource } from '../../../../test/event-source.js';
import { until } from '../../../../test/until.js';
import { withApi, type TestApi } from '../../../../test/with-api.js';
import { startRedis } from '../../../../test/with-redis.js';
import { withJobsAt, type TestJobs } from '../../../../test/with-test-jobs.js';
import { JobEvents } from './job-events.js';

/** An API, and the jobs that it knows. */
function withJobs(run: (jobs: TestJobs, api: TestApi) => Promise<void>): Promise<void> {
  return withApi((api) => withJobsAt(api.redis.address, api.store, (jobs) => run(jobs, api)));
}

/** Listens to a Redis that hangs up. */
async function listenInVain(jobs: TestJobs) {
  let attempts = 0;
  const server = createServer((socket) => {
    attempts += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const events = new JobEvents(jobs.redis, `redis://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await events.listen();
  const end = async (): Promise<void> => {
    events.close();
    await promisify(server.close.bind(server))();
  };
  return { events, attempts: () => attempts, end };
}

const open = ({ url }: TestApi, id: string, lastEventId?: string) =>
  EventSource.open(`${url}/jobs/${id}/events`, lastEventId);

describe('GET /jobs/{id}/events', () => {
  it('tells that a job waits, runs, and how it has ended, and ends', () =>
    withJobs(async (jobs, api) => {
      const id = await jobs.submit();
      const source = await open(api, id);
      expect(source.answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
      expect(await source.next()).toMatchObject({ event: 'status', data: { status: 'queued', queuePosition: 0 } });
      const { succeed } = await jobs.begin();
      expect(await source.next()).toMatchObject({ event: 'status', data: { status: 'running', attempts: 1 } });
      await succeed();
      const last = await source.next();
      expect(last?.data).toEqual(await (await fetch(`${api.url}/jobs/${id}`)).json());
      expect([last?.event, await source.next()]).toEqual(['finished', undefined]);
    }));

  it('goes on after the last event met, and tells who has met them all to stay away', () =>
    withJobs(async (jobs, api) => {
      const id = await jobs.submit();
      const source = await open(api, id);
      const first = await source.next();
      source.close();
      await (await jobs.begin()).succeed();
      const [running, finished, ...others] = await (await open(api, id, first?.id)).rest();
      expect([running?.event, finished?.event, others]).toEqual(['status', 'finished', []]);
      expect(await (await open(api, id, running?.id)).rest()).toEqual([finished]);
      await jobs.archive(id);
      expect(await (await open(api, id, running?.id)).rest()).toEqual([finished]);
      expect((await open(api, id, finished?.id)).answer.status).toBe(204);
    }));

  it('tells of a job that is canceled, and of its next run', () =>
    withJobs(async (jobs, api) => {
      const id = await jobs.submit();
      const source = await open(api, id);
      await source.next();
      await fetch(`${api.url}/jobs/${id}/cancel`, { method: 'POST' });
      const canceled = await source.next();
      expect(canceled).toMatchObject({ event: 'finished', data: { status: 'canceled' } });
      await retryJob(jobs, 'local', id);
      const again = await open(api, id, canceled?.id);
      expect(await again.next()).toMatchObject({ event: 'status', data: { status: 'queued' } });
      again.close();
    }));

  it('tells that the job has come nearer to the head of its queue', () =>
    withJobs(async (jobs, api) => {
      const [, second] = [await jobs.submit(), await jobs.submit()];
      const source = await open(api, second);
      expect((await source.next())?.data).toMatchObject({ queuePosition: 1 });
      await jobs.begin();
      expect(await source.next()).toMatchObject({ event: 'progress', data: { progress: 0, queuePosition: 0 } });
      source.close();
    }));

  it('ends when the API stops, without a finished event', () =>
    withJobs(async (jobs, api) => {
      const source = await open(api, await jobs.submit());
      await source.next();
      const before = performance.now();
      const [rest] = await Promise.all([source.rest(), api.close()]);
      expect(rest).toEqual([]);
      expect(performance.now() - before).toBeLessThan(3000);
    }));

  it('outlasts an outage of Redis', () =>
    withJobs(async (jobs, api) => {
      const id = await jobs.submit();
      const source = await open(api, id);
      await source.next();
      await api.redis.stop('SIGKILL');
      await api.redis.start();
      await jobs.cancel(id);
      expect(await source.next()).toMatchObject({ event: 'finished', data: { status: 'canceled' } });
    }));

  it('hears of jobs after an outage that began while it was connecting', () =>
    withJobs(async (jobs) => {
      const id = await jobs.submit();
      const elsewhere = await startRedis();
      await elsewhere.stop();
      const events = new JobEvents(jobs.redis, elsewhere.address);
      const watch = events.watch(id);
      try {
        await events.listen();
        await elsewhere.start();
        const told = { event: 'waiting', jobId: id };
        await elsewhere.ask((redis) => redis.xadd(`${queueKeyBase('cpu')}events`, '*', ...Object.entries(told).flat()));
        // Longer than the test may take.
        await watch.next(600_000, new AbortController().signal);
      } finally {
        events.close();
        await elsewhere.discard();
      }
    }));

  it('lets go of a Redis that cannot be reached', () =>
    withJobs(async (jobs) => {
      await jobs.submit();
      const [closed, open] = [await listenInVain(jobs), await listenInVain(jobs)];
      try {
        await until('both try again', () => closed.attempts() >= 2 && open.attempts() >= 2);
        closed.events.close();
        const [before, attempts] = [closed.attempts(), open.attempts()];
        // Each of its pauses is longer than the one before.
        await until('the other has tried some more', () => open.attempts() >= attempts + 2);
        expect(closed.attempts()).toBe(before);
      } finally {
        await Promise.all([closed.end(), open.end()]);
      }
    }));

  it('has one connection to Redis for a queue, however many listen', () =>
    withJobs(async (jobs, api) => {
      const ids = await Promise.all(Array.from({ length: 50 }, () => jobs.submit()));
      const clients = async (): Promise<number> =>
        String(await jobs.redis.client('LIST'))
          .trim()
          .split('\n').length;
      const one = await open(api, ids[0] ?? '');
      await one.next();
      const before = await clients();
      const sources = await Promise.all([...ids, ...ids].map((id) => open(api, id)));
      await Promise.all(sources.map((source) => source.next()));
      expect(await clients()).toBe(before);
      await Promise.all(ids.map((id) => jobs.cancel(id)));
      const ends = await Promise.all(sources.map((source) => source.rest()));
      expect(ends.map((events) => events.at(-1)?.event)).toEqual(sources.map(() => 'finished'));
    }));
});
