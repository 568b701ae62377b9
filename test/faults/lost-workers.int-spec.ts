import { describe, expect, it } from '@jest/globals';
import { jobHashKey, queueKeyBase, readArchivedJob, resultsOf } from '#jobs';
import { isAlive } from '../earshot-process.js';
import { newRecording } from '../recordings.js';
import type { Submitter } from '../submitter.js';
import { until } from '../until.js';
import { withWorkers, type Workers } from '../with-workers.js';

const model = 'slow-digits';
/** Takes a second or more. */
const long = newRecording({ seconds: 900 });
const short = newRecording({ seconds: 1 });

/** The job has completed once, has left its queue for the archive, and its record names the one result. */
async function expectOneResult({ submitter }: Workers, jobId: string): Promise<void> {
  const record = await until('the job is archived', () => readArchivedJob(submitter.store, 'local', jobId));
  expect(record.status).toBe('succeeded');
  await until('it has left its queue', async () => {
    return (await submitter.redis.exists(jobHashKey({ label: 'cpu', jobId }))) === 0;
  });
  const events = await submitter.redis.xrange(`${queueKeyBase('cpu')}events`, '-', '+');
  const completions = events.filter(([, fields]) => fields.includes('completed') && fields.includes(jobId));
  expect(completions).toHaveLength(1);
  expect(record.resultKey).toMatch(new RegExp(`^${resultsOf('local', jobId)}`));
  expect(JSON.parse((await submitter.store.get(record.resultKey ?? '')).toString())).toMatchObject({
    label: record.result?.label,
  });
}

async function computeProcessOf(worker: { children: number[] }): Promise<number> {
  return until('there is a compute process', () => worker.children[0]);
}

describe('a worker killed with SIGKILL in the middle of a job', () => {
  it('takes its compute processes with it, and another worker ends the job, once', () =>
    withWorkers(async (workers) => {
      const [first, { submitter }] = [await workers.start(), workers];
      const jobId = await submitter.submit(long, model);
      await submitter.reached(jobId, 'running');
      const children = first.children;
      await first.stop('SIGKILL');
      expect(children.filter(isAlive)).toEqual([]);
      await workers.start();
      expect(await submitter.ended(jobId)).toMatchObject({ status: 'succeeded', attempts: 2 });
      await expectOneResult(workers, jobId);
    }));

  it('twice condemns no innocent job', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const first = await workers.start();
      const jobIds = [await submitter.submit(long, model), await submitter.submit(short, model)];
      await submitter.reached(jobIds[0] ?? '', 'running');
      await first.stop('SIGKILL');
      const second = await workers.start();
      await submitter.reached(jobIds[0] ?? '', 'running');
      await second.stop('SIGKILL');
      await workers.start();
      for (const jobId of jobIds) {
        expect((await submitter.ended(jobId)).status).toBe('succeeded');
        await expectOneResult(workers, jobId);
      }
    }));
});

describe('a worker told to stop with SIGTERM', () => {
  it('lets the running job end, hands back the waiting one, and leaves nothing behind', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const worker = await workers.start();
      await submitter.ended(await submitter.submit(short, model)); // Measured, so that it fetches ahead.
      const running = await submitter.submit(long, model);
      await submitter.reached(running, 'running');
      const waiting = await submitter.submit(short, model);
      const children = worker.children;
      expect(await worker.stop('SIGTERM')).toBe(0);
      expect(children.filter(isAlive)).toEqual([]);
      expect(await submitter.read(running)).toMatchObject({ status: 'succeeded', attempts: 1 });
      expect(await submitter.read(waiting)).toMatchObject({ status: 'queued', attempts: 0 });
      await workers.start();
      expect(await submitter.ended(waiting)).toMatchObject({ status: 'succeeded', attempts: 1 });
    }));
});

describe('a job that is handed back', () => {
  it('is soon begun by a worker that stands idle', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const first = await workers.start();
      await submitter.ended(await submitter.submit(short, model)); // Measured, so that it fetches ahead.
      const running = await submitter.submit(long, model);
      await submitter.reached(running, 'running');
      first.pauseChildren();
      const waiting = await submitter.submit(short, model);
      await until('the job was fetched ahead', async () => (await activeJobs(submitter)).includes(waiting));
      await workers.start();
      const stoppedAt = Date.now();
      const stopping = first.stop('SIGTERM');
      const record = await submitter.ended(waiting);
      expect(record).toMatchObject({ status: 'succeeded', attempts: 1 });
      first.resume();
      expect(await stopping).toBe(0);
      // An idle BullMQ worker looks by itself only every 5 s.
      expect(Date.parse(record.timings.startedAt ?? '') - stoppedAt).toBeLessThan(2500);
    }));
});

describe('a late attempt', () => {
  it('changes no published result', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const late = await workers.start();
      const jobId = await submitter.submit(long, model);
      await submitter.reached(jobId, 'running');
      const compute = await computeProcessOf(late);
      late.pause();
      await workers.start();
      const published = await submitter.ended(jobId);
      expect(published).toMatchObject({ status: 'succeeded', attempts: 2 });
      const results = (): Promise<number> => countResults(submitter, jobId);
      expect(await results()).toBe(1);
      late.resume();
      await until('the late attempt has written its result, or was stopped', async () => {
        return (await results()) === 2 || !isAlive(compute);
      });
      expect(await submitter.read(jobId)).toEqual(published);
      await expectOneResult(workers, jobId);
      expect(await late.stop('SIGTERM')).toBe(0);
      expect(await submitter.read(jobId)).toEqual(published);
    }));
});

async function activeJobs(submitter: Submitter): Promise<string[]> {
  return submitter.redis.lrange(`${queueKeyBase('cpu')}active`, 0, -1);
}

async function countResults(submitter: Submitter, jobId: string): Promise<number> {
  const keys = [];
  for await (const { key } of submitter.store.list(resultsOf('local', jobId))) keys.push(key);
  return keys.length;
}
