import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { withRedis } from '../../../../test/with-redis.js';
import { beginJobs } from '../begin-jobs.js';
import { newJobId } from '../ids.js';
import { jobHashKey } from '../job-location.js';
import { begunJobsKey, forgetBegunJob, readBegunJobs } from './begun-jobs.js';
import { runningListenersKey } from './webhook.js';
import type { OwnWebhook } from './webhook-events.js';

const label = 'cpu';
const [lockToken, url] = ['token', 'https://hooks.example/'];

/** Begins a job that a worker holds, twice, as when a reply was lost. */
async function begin(redis: Redis, owner: string, webhook?: OwnWebhook): Promise<string> {
  const jobId = newJobId();
  const key = jobHashKey({ label, jobId });
  await redis.hset(key, 'ats', '1');
  await redis.set(`${key}:lock`, lockToken);
  const held = [{ jobId, lockToken, payload: { owner, webhook } }];
  for (let i = 0; i < 2; i++) expect(await beginJobs(redis, label, held)).toEqual([1]);
  return jobId;
}

describe('the beginning of a job', () => {
  it('is noted once, where its own webhook or one of its owner listens', () =>
    withRedis((server) =>
      server.ask(async (redis) => {
        await redis.sadd(runningListenersKey, 'acme');
        const ids = [
          await begin(redis, 'acme'),
          await begin(redis, 'other', { url, events: ['job.running', 'job.failed'] }),
        ];
        const noted = await readBegunJobs(redis, 10);
        expect(noted).toHaveLength(2);
        expect(noted).toEqual(expect.arrayContaining(ids.map((jobId) => ({ label, jobId, attempts: 1, run: 1 }))));
        for (const each of noted) await forgetBegunJob(redis, each);
        expect(await redis.exists(begunJobsKey)).toBe(0);
      }),
    ));

  it('leaves nothing where nobody listens', () =>
    withRedis((server) =>
      server.ask(async (redis) => {
        await redis.sadd(runningListenersKey, 'acme');
        await begin(redis, 'other');
        await begin(redis, 'other', { url });
        expect(await redis.exists(begunJobsKey)).toBe(0);
      }),
    ));
});
