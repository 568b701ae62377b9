import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import {
  batchUploadKey,
  findBatch,
  newBatchId,
  noLimits,
  openBatch,
  openBatchesQueue,
  submitUnpacking,
  unpackJobId,
  type BatchesQueue,
  type ObjectStore,
  type QuotaLimits,
} from '#jobs';
import { rawZip } from '../../../../test/models/raw-zip.js';
import { until } from '../../../../test/until.js';
import { withTestJobs, type TestJobs } from '../../../../test/with-test-jobs.js';
import { isPassing } from './is-passing.js';
import { tendBatches } from './tend-batches.js';
import { UnpackingLifecycle } from './unpacking.lifecycle.js';

const log = pino({ level: 'silent' });

interface Failing {
  jobs: TestJobs;
  queue: BatchesQueue;
  id: string;
  /** Has a worker unpack until its next attempt is over. */
  attempt: (quotas?: QuotaLimits) => Promise<void>;
}

/** A batch whose archive waits to be unpacked, from a store that fails for something that nobody foresaw. */
const withFailing = (run: (failing: Failing) => Promise<void>): Promise<void> =>
  withTestJobs(async (jobs) => {
    const { redis, store } = jobs;
    const id = newBatchId();
    const archive = rawZip([{ path: 'one.wav', content: 'RIFF0000WAVE' }]);
    const key = batchUploadKey('mill', id, 'upload');
    await store.put(key, archive);
    await openBatch(redis, id, {
      owner: 'mill',
      model: { name: 'fan-fault', version: '1.0.0', digest: 'sha256:0' },
      ...{ groupLimit: 16, kind: 'audio', label: 'cpu', reuse: true, priority: 5, timeoutMs: 1000, metadata: {} },
      archive: { key, format: 'zip', bytes: archive.length, closes: true },
    });
    const unforeseen: ObjectStore = Object.assign(Object.create(store) as ObjectStore, {
      stream: () => Promise.reject(new TypeError('no such thing at 10.0.0.7:/srv/objects')),
    });
    const parts = { redis, store: unforeseen, maxUploadBytes: 1e6, lockMs: 5000, log };
    const queue = openBatchesQueue(redis);
    await submitUnpacking(queue, id);
    const attempt = async (quotas = noLimits): Promise<void> => {
      const lifecycle = new UnpackingLifecycle({ ...parts, quotas });
      const job = (await queue.getJob(unpackJobId(id)))!;
      if (await job.isDelayed()) await job.promote();
      lifecycle.onApplicationBootstrap();
      await until('the attempt is over', async () => ['delayed', 'failed'].includes(await job.getState()));
      await lifecycle.beforeApplicationShutdown();
    };
    try {
      await run({ jobs, queue, id, attempt });
    } finally {
      await queue.close();
    }
  });

describe('an archive whose unpacking fails', () => {
  it('is tried again, however often it had to wait before for something that passed', () =>
    withFailing(async ({ jobs, queue, id, attempt }) => {
      const job = (await queue.getJob(unpackJobId(id)))!;
      await jobs.redis.hset(queue.toKey(unpackJobId(id)), 'atm', 50);
      await attempt();
      expect(await job.getState()).toBe('delayed');
    }));

  it('waits ever longer, up to a minute, while its owner may have no more jobs, and is not read meanwhile', () =>
    withFailing(async ({ jobs, queue, id, attempt }) => {
      await jobs.submit({ owner: 'mill' });
      const pauses: number[] = [];
      for (const attempts of [0, 2, 50]) {
        await jobs.redis.hset(queue.toKey(unpackJobId(id)), 'atm', attempts);
        await attempt({ jobs: 1, bytes: null });
        const job = (await queue.getJob(unpackJobId(id)))!;
        expect(job.data.failures).toBeUndefined();
        pauses.push(job.delay);
      }
      expect(pauses).toEqual([5000, 15_000, 60_000]);
    }));

  it('is given up after ten failures that nobody foresaw, in words that say what to do and name nothing within', () =>
    withFailing(async ({ jobs: { redis, store }, queue, id, attempt }) => {
      for (let i = 0; i < 10; i++) await attempt();
      expect(await (await queue.getJob(unpackJobId(id)))!.getState()).toBe('failed');
      await tendBatches({ redis, store, queue }, () => Promise.resolve());
      const { state, error } = (await findBatch(redis, id))!.unpacking!;
      expect([state, error!.code]).toEqual(['refused', 'archive_refused']);
      expect(error!.detail).toMatch(/Open another batch/);
      expect(error!.detail).not.toMatch(/10\.0|srv|no such thing/);
    }));
});

describe('what passes', () => {
  it('is a Redis that is full, and not a mistake', () =>
    withTestJobs(async ({ redis }) => {
      await redis.config('SET', 'maxmemory', '1');
      const full: unknown = await redis.set('a', 'b').catch((error: unknown) => error);
      const mistaken: unknown = await redis.call('NOSUCH').catch((error: unknown) => error);
      expect([String(full), isPassing(full), isPassing(mistaken)]).toEqual([
        expect.stringContaining('OOM'),
        true,
        false,
      ]);
    }));
});
