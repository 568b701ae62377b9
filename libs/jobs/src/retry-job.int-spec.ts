import { describe, expect, it } from '@jest/globals';
import { inputKey, newJobId, readArchivedJob, readJob, retryJob, sweepExpired, unarchivedKey } from '#jobs';
import { withTestJobs, type TestJobs } from '../../../test/with-test-jobs.js';

const owner = 'local';

const read = (jobs: TestJobs, id: string) => readJob(jobs, owner, id);
const retry = (jobs: TestJobs, id: string) => retryJob(jobs, owner, id);

/** A job whose first attempt was cut short by a cancel. */
async function canceled(jobs: TestJobs): Promise<string> {
  const id = await jobs.submit({ metadata: { n: 1 } });
  await jobs.begin();
  await jobs.cancel(id);
  return id;
}

describe('a retry', () => {
  it.each([
    ['in the outbox', () => Promise.resolve()],
    ['in the archive', async (jobs: TestJobs, id: string) => void (await jobs.archive(id))],
  ])('runs a job that is %s once more, and its new end is what counts', (_place, reach) =>
    withTestJobs(async (jobs) => {
      const id = await canceled(jobs);
      const first = await read(jobs, id);
      await reach(jobs, id);
      expect(await retry(jobs, id)).toBe('retried');
      const queued = await read(jobs, id);
      expect(queued).toMatchObject({ id, status: 'queued', run: 2, attempts: 1, error: null, metadata: { n: 1 } });
      expect(queued?.timings).toMatchObject({ createdAt: first?.timings.createdAt, startedAt: null, finishedAt: null });
      await (await jobs.begin()).succeed();
      const ended = await read(jobs, id);
      expect(ended).toMatchObject({ status: 'succeeded', attempts: 2, run: 2 });
      await jobs.archive(id);
      expect(await read(jobs, id)).toEqual(ended);
      expect(await readArchivedJob(jobs.store, owner, id)).toEqual(ended);
      expect(await jobs.redis.zcard(unarchivedKey(owner))).toBe(0);
    }),
  );

  it('is refused for a job that waits, runs or has succeeded, and for one that is not there', () =>
    withTestJobs(async (jobs) => {
      const id = await jobs.submit();
      expect(await retry(jobs, id)).toBe('unfinished');
      const { succeed } = await jobs.begin();
      expect(await retry(jobs, id)).toBe('unfinished');
      await succeed();
      expect(await retry(jobs, id)).toBe('succeeded');
      await jobs.archive(id);
      expect(await retry(jobs, id)).toBe('succeeded');
      expect([await retry(jobs, newJobId()), await retryJob(jobs, 'other', id)]).toEqual(['missing', 'missing']);
    }));

  it('needs the input', () =>
    withTestJobs(async (jobs) => {
      const id = await canceled(jobs);
      await jobs.store.delete(inputKey(owner, id));
      expect(await retry(jobs, id)).toBe('input-missing');
      expect(await read(jobs, id)).toMatchObject({ status: 'canceled', run: 1 });
    }));

  it('gives an expired job its time again', () =>
    withTestJobs(async (jobs) => {
      const id = await jobs.submit({ expiresAt: Date.now() + 60_000 });
      await sweepExpired(jobs.redis, Date.now() + 60_001);
      await jobs.archive(id);
      expect(await retry(jobs, id)).toBe('retried');
      expect(await sweepExpired(jobs.redis, Date.now() + 50_000)).toBe(0);
      expect(await sweepExpired(jobs.redis, Date.now() + 60_001)).toBe(1);
      expect(await read(jobs, id)).toMatchObject({ status: 'expired', run: 2 });
    }));

  it('may be repeated for ever', () =>
    withTestJobs(async (jobs) => {
      const id = await canceled(jobs);
      for (let run = 2; run <= 12; run++) {
        if (run % 3 > 0) await jobs.archive(id);
        expect(await retry(jobs, id)).toBe('retried');
        await jobs.begin();
        await jobs.cancel(id);
      }
      await jobs.archive(id);
      expect(await readArchivedJob(jobs.store, owner, id)).toMatchObject({ run: 12, attempts: 12, status: 'canceled' });
    }));

  it('that is asked for by many at once happens once', () =>
    withTestJobs(async (jobs) => {
      const id = await canceled(jobs);
      await jobs.archive(id);
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => retry(jobs, id)));
      expect(outcomes.sort()).toEqual(['retried', ...Array.from({ length: 7 }, () => 'unfinished')]);
      expect(await read(jobs, id)).toMatchObject({ run: 2 });
    }));

  it('is found when Redis was lost before', () =>
    withTestJobs(async (jobs) => {
      const id = await canceled(jobs);
      await jobs.archive(id);
      await jobs.redis.flushall();
      expect(await retry(jobs, id)).toBe('retried');
      expect(await read(jobs, id)).toMatchObject({ status: 'queued', run: 2 });
    }));

  it('leaves the job as it was when Redis is lost afterwards', () =>
    withTestJobs(async (jobs) => {
      const id = await canceled(jobs);
      await retry(jobs, id);
      await jobs.redis.flushall();
      expect(await read(jobs, id)).toMatchObject({ status: 'canceled', run: 1 });
      expect(await retry(jobs, id)).toBe('retried');
    }));
});

describe('an archiver that has the run before in hand', () => {
  it('takes nothing away from the run that waits', () =>
    withTestJobs(async (jobs) => {
      const id = await canceled(jobs);
      const archive = await jobs.beginArchiving(id);
      await retry(jobs, id);
      await archive();
      expect(await read(jobs, id)).toMatchObject({ status: 'queued', run: 2 });
      await (await jobs.begin()).succeed();
      await archive();
      expect(await read(jobs, id)).toMatchObject({ status: 'succeeded', run: 2 });
    }));

  it('does not bring it back, however late it is', () =>
    withTestJobs(async (jobs) => {
      const id = await canceled(jobs);
      const first = await jobs.beginArchiving(id);
      await jobs.archive(id);
      await retry(jobs, id);
      await jobs.begin();
      await jobs.cancel(id);
      const second = await jobs.beginArchiving(id);
      await retry(jobs, id);
      await (await jobs.begin()).succeed();
      const last = await jobs.archive(id);
      for (const late of [first, second]) await late();
      expect(await read(jobs, id)).toEqual(last);
      expect(await readArchivedJob(jobs.store, owner, id)).toEqual(last);
    }));
});

describe('retries, runs and archivers at once', () => {
  it('lose and double no run', () =>
    withTestJobs(async (jobs) => {
      const id = await canceled(jobs);
      let [done, retried] = [false, 0];
      const retrying = async (): Promise<void> => {
        while (!done) if ((await retry(jobs, id)) === 'retried') retried += 1;
      };
      const archiving = async (): Promise<void> => {
        // It may have moved on: there is nothing to archive then, or nothing finished.
        while (!done) if ((await read(jobs, id))?.timings.finishedAt) await jobs.archive(id).catch(() => undefined);
      };
      const running = async (): Promise<void> => {
        for (let runs = 0; runs < 25;) {
          const begun = await jobs.begin().catch(() => null);
          if (begun === null) continue;
          await jobs.cancel(id);
          runs += 1;
        }
        done = true;
      };
      const all = Promise.all([retrying(), retrying(), archiving(), archiving(), running()]);
      await all.finally(() => (done = true));
      const last = await read(jobs, id);
      expect(last).toMatchObject({ run: retried + 1 });
      expect(last?.attempts).toBe(last?.status === 'queued' ? retried : retried + 1);
    }));
});
