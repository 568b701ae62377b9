import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { testPayload, withTestJobs } from '../../../../test/with-test-jobs.js';
import { deleteJob } from '../delete-job.js';
import { EarshotError } from '../errors.js';
import { newJobId } from '../ids.js';
import { batchUploadKey, inputKey, resultKey, uploadKey } from '../object-keys.js';
import { submitJob } from '../submit-job.js';
import { requireRoom, storedBytesKey, type QuotaLimits } from './quota-limits.js';
import { recountStoredBytes, releaseBytes } from './stored-bytes.js';

const submit = (redis: Redis, limits: QuotaLimits, owner = 'acme', bytes = 10): Promise<string> =>
  submitJob(
    redis,
    {
      ...{ id: newJobId(), label: 'cpu', priority: 5 },
      payload: { ...testPayload, owner, input: { ...testPayload.input, bytes } },
    },
    limits,
  ).then(
    () => 'added',
    (error: Error) => (error instanceof EarshotError ? error.code : String(error)),
  );

function countsOf(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

const stored = async (redis: Redis, owner = 'acme') => Number(await redis.hget(storedBytesKey, owner));

describe('a quota', () => {
  it.each<[string, QuotaLimits, string]>([
    ['jobs', { jobs: 7, bytes: null }, 'job_quota_exceeded'],
    ['bytes', { jobs: null, bytes: 79 }, 'storage_quota_exceeded'],
  ])('of %s is not exceeded by a hundred at once, and is each owner’s own', (_name, limits, code) =>
    withTestJobs(async ({ redis }) => {
      const outcomes = await Promise.all(Array.from({ length: 100 }, () => submit(redis, limits)));
      expect(countsOf(outcomes)).toEqual({ added: 7, [code]: 93 });
      expect(await stored(redis)).toBe(70);
      expect(await submit(redis, limits, 'other')).toBe('added');
    }),
  );

  it('has room again for each job that has left, and tells early when there is none', () =>
    withTestJobs(async (jobs) => {
      const { redis } = jobs;
      const limits = { jobs: 1, bytes: null };
      const id = await jobs.submit();
      await expect(requireRoom(redis, testPayload.owner, 0, limits)).rejects.toMatchObject({
        code: 'job_quota_exceeded',
        message: expect.stringMatching(/^At most 1 unfinished job is allowed /),
      });
      await jobs.cancel(id);
      await jobs.archive(id);
      await requireRoom(redis, testPayload.owner, 0, limits);
      expect(await submit(redis, limits, testPayload.owner)).toBe('added');
    }));

  it('counts a job once that is added twice', () =>
    withTestJobs(async ({ redis }) => {
      const job = { id: newJobId(), label: 'cpu', priority: 5, payload: { ...testPayload, owner: 'acme' } };
      for (let i = 0; i < 2; i++) await submitJob(redis, job, { jobs: 1, bytes: 5 });
      expect(await stored(redis)).toBe(testPayload.input.bytes);
    }));
});

describe('stored bytes', () => {
  it('are counted anew from the store, with what came meanwhile', () =>
    withTestJobs(async ({ redis, store }) => {
      await redis.hset(storedBytesKey, { acme: 999_999, gone: 5 });
      const id = newJobId();
      await store.put(inputKey('acme', id), Buffer.alloc(100));
      await store.put(resultKey('acme', id, 'a'), Buffer.alloc(20));
      await store.put(inputKey('other', id), Buffer.alloc(1));
      await store.put(uploadKey('other', 'upload_1'), Buffer.alloc(2));
      await store.put(batchUploadKey('packer', 'batch_1', 'upload'), Buffer.alloc(4));
      const startedAt = Date.now() + 1000;
      await recountStoredBytes(redis, store, startedAt);
      expect(await redis.hgetall(storedBytesKey)).toEqual({ acme: '120', other: '3', packer: '4' });

      // As if both came while the store was being listed.
      const listing = Object.create(store, {
        list: {
          async *value(prefix: string) {
            yield* store.list(prefix);
            if (prefix === 'results/') await submit(redis, { jobs: null, bytes: null }, 'acme', 7);
            if (prefix === 'results/') await releaseBytes(redis, 'other', 3);
          },
        },
      }) as typeof store;
      await recountStoredBytes(redis, listing, startedAt);
      expect(await redis.hgetall(storedBytesKey)).toEqual({ acme: '127', packer: '4' });
    }));

  it('become fewer when a job is deleted', () =>
    withTestJobs(async (jobs) => {
      const { owner } = testPayload;
      const id = await jobs.submit();
      expect(await stored(jobs.redis, owner)).toBe(5);
      await jobs.cancel(id);
      await jobs.archive(id);
      expect(await deleteJob(jobs, owner, id)).toBe('deleted');
      expect(await stored(jobs.redis, owner)).toBe(0);
    }));
});
