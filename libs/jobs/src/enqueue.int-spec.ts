import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { startRedis, type TestRedis } from '../../../test/with-redis.js';
import { beginJobs } from './begin-jobs.js';
import { endJob } from './end-job.js';
import { newJobId } from './ids.js';
import { readJobSnapshot } from './job-snapshot.js';
import { bandWidth, jobsPerTurn } from './priority.js';
import { backlogKey, inferenceQueueName, keyPrefix } from './queues.js';
import { patientRedisOptions } from './redis.js';
import { submitJob } from './submit-job.js';

const label = 'cpu';
const payload = {
  model: { name: 'fan-fault', version: '1.0.0', digest: 'sha256:0' },
  groupLimit: 16,
  input: { filename: null, contentType: 'audio/wav', bytes: 5, sha256: 'a'.repeat(64) },
  ...{ metadata: {}, timeoutMs: 1000, expiresAt: null, requestId: 'r' },
};

let redis: Redis;
let worker: Worker;
let server: TestRedis;

beforeAll(async () => {
  server = await startRedis(['--save', '']);
  redis = new Redis(patientRedisOptions(server.address));
  worker = new Worker(inferenceQueueName(label), undefined, { connection: redis, prefix: keyPrefix, autorun: false });
  await worker.waitUntilReady();
});
afterAll(async () => {
  await worker.close();
  redis.disconnect();
  await server.discard();
});
beforeEach(() => redis.flushall());

async function submit(owner: string, priority = 5): Promise<string> {
  const id = newJobId();
  await submitJob(redis, { id, label, priority, payload: { ...payload, owner } });
  return id;
}

const submitMany = (owner: string, count: number) => Promise.all(Array.from({ length: count }, () => submit(owner)));

const position = async (jobId: string) => (await readJobSnapshot(redis, { label, jobId }))?.queuePosition;

/** Takes the next job, as a worker does that runs it; returns its owner. */
async function runNext(): Promise<string> {
  const job = await worker.getNextJob('token', { block: false });
  const id = job?.id ?? '';
  await beginJobs(redis, label, [{ jobId: id, lockToken: 'token' }]);
  await job?.moveToCompleted({}, 'token', false);
  return (job?.data as { owner: string }).owner;
}

describe('fairness between owners', () => {
  it('lets one job past all but one turn of another owner’s backlog', async () => {
    await submitMany('many', 1000);
    expect(await position(await submit('one'))).toBe(jobsPerTurn);
    for (let i = 0; i < 500; i++) await runNext();
    expect(await position(await submit('late'))).toBeLessThanOrEqual(2 * jobsPerTurn);
  });

  it('lets nobody starve who has a backlog, however often others add a few', async () => {
    await submitMany('many', 1000);
    await submitMany('few', 32);
    let ofMany = 0;
    for (let i = 0; i < 300; i++) {
      if ((await runNext()) === 'many') ofMany += 1;
      else await submit('few');
    }
    expect(ofMany).toBeGreaterThan(80);
    expect(ofMany).toBeLessThan(220);
  });

  it('keeps an owner’s own order', async () => {
    const ids = [];
    for (let i = 0; i < 3 * jobsPerTurn; i++) ids.push(await submit('one'));
    expect(await Promise.all(ids.map(position))).toEqual(ids.map((_id, i) => i));
  });

  it('counts the backlog of each priority for itself', async () => {
    await submitMany('many', 100);
    const urgent = await submit('other', 9);
    expect(await position(await submit('many', 9))).toBe(1);
    expect(await position(urgent)).toBe(0);
  });

  it('ends at the border of a priority’s band', async () => {
    await submit('other', 4);
    const field = `${9 - 5}/many`;
    await redis.hset(backlogKey(label), field, jobsPerTurn * bandWidth * 2);
    const [last, again] = [await submit('many'), await submit('many')];
    expect([await position(last), await position(again)]).toEqual([0, 1]);
  });
});

describe('the count of an owner’s waiting jobs', () => {
  it('is exact whether they begin, are canceled, or are added twice', async () => {
    const [canceled, , twice] = [await submit('a'), await submit('a'), await submit('a')];
    await submitJob(redis, { id: twice, label, priority: 5, payload: { ...payload, owner: 'a' } });
    expect(await redis.hgetall(backlogKey(label))).toEqual({ '4/a': '3' });
    const failure = { code: 'job_canceled', detail: '' } as const;
    for (const jobId of [canceled, canceled]) await endJob(redis, { label, jobId }, failure, { queuedOnly: false });
    expect(await redis.hgetall(backlogKey(label))).toEqual({ '4/a': '2' });
    await runNext();
    await runNext();
    expect(await redis.exists(backlogKey(label))).toBe(0);
  });
});
