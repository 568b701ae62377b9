import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { inputKey, newJobId, readArchivedJob } from '#jobs';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { withWorkers } from '../with-workers.js';

const model = 'slow-digits';
const short = newRecording({ seconds: 1 });

describe('Redis that goes and comes back', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('by %s: every accepted job still ends, once', (signal) =>
    withWorkers(async (workers) => {
      const { submitter, redis } = workers;
      await workers.start();
      const jobIds = [await submitter.submit(newRecording({ seconds: 900 }), model)];
      await submitter.reached(jobIds[0] ?? '', 'running');
      for (let i = 0; i < 5; i++) jobIds.push(await submitter.submit(short, model));
      await redis.stop(signal);
      await redis.start();
      for (const jobId of jobIds) expect((await submitter.ended(jobId)).status).toBe('succeeded');
    }),
  );
});

describe('Redis that stays away', () => {
  it('for longer than a lock lasts: the job that ran meanwhile still ends, once', () =>
    withWorkers(async (workers) => {
      const { submitter, redis } = workers;
      await workers.start();
      const jobId = await submitter.submit(newRecording({ seconds: 900 }), model);
      await submitter.reached(jobId, 'running');
      await redis.stop();
      await delay(3000); // Locks last two seconds here.
      await redis.start();
      expect((await submitter.ended(jobId)).status).toBe('succeeded');
      await until('it is archived', () => readArchivedJob(submitter.store, 'local', jobId));
      expect((await submitter.read(jobId)).status).toBe('succeeded');
    }));

  it('keeps no worker from stopping', () =>
    withWorkers(async (workers) => {
      const worker = await workers.start();
      await workers.redis.stop();
      expect(await worker.stop('SIGTERM')).toBe(0);
    }));
});

describe('an object store that fails for a while', () => {
  it('has the job tried again, until it succeeds', () =>
    withWorkers(async (workers) => {
      const { submitter, objects } = workers;
      await workers.start();
      const jobId = newJobId();
      // A folder where the object should be: reading it fails in a way that may pass.
      const obstacle = join(objects, `${inputKey('local', jobId)}~`);
      await mkdir(obstacle, { recursive: true });
      await submitter.add(jobId, short, model);
      await until('a first attempt has failed', async () => {
        const { status, attempts } = await submitter.read(jobId);
        return status === 'queued' && attempts > 0;
      });
      await rm(obstacle, { recursive: true });
      await submitter.store.put(inputKey('local', jobId), short);
      const record = await submitter.ended(jobId);
      expect(record.status).toBe('succeeded');
      expect(record.attempts).toBeGreaterThan(1);
    }));
});

describe('an input that is gone', () => {
  it('fails its job at once, and says so', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      await workers.start();
      const jobId = newJobId();
      await submitter.add(jobId, short, model);
      expect(await submitter.ended(jobId)).toMatchObject({
        status: 'failed',
        attempts: 1,
        error: { code: 'input_missing' },
      });
    }));
});
