import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Queue, UnrecoverableError, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { until } from '../../../test/until.js';
import { startRedis, type TestRedis } from '../../../test/with-redis.js';
import { beginJobs } from './begin-jobs.js';
import { endJob, type EndOutcome } from './end-job.js';
import { toFailedReason } from './failure.js';
import { newJobId } from './ids.js';
import { toJobRecord } from './job-record.js';
import { findJobSnapshot, readJobSnapshot, type JobSnapshot } from './job-snapshot.js';
import { announcePace, withdrawPace } from './pace.js';
import type { InferPayload, JobName, JobPayloads } from './payloads.js';
import {
  backlogKey,
  expiriesKey,
  inferenceQueueName,
  keyPrefix,
  paceKey,
  recentJobKey,
  unarchivedKey,
} from './queues.js';
import { patientRedisOptions } from './redis.js';
import { removeFinishedJob } from './remove-finished-job.js';
import { submitJob } from './submit-job.js';
import { sweepExpired } from './sweep-expired.js';

const label = 'cpu';
const outcome = { resultKey: 'results/local/x/y.json', decodeMs: 1, featuresMs: 2, inferenceMs: 3 };
const canceled = { code: 'job_canceled', detail: 'on request' } as const;
const payload: InferPayload = {
  owner: 'local',
  model: { name: 'fan-fault', version: '1.0.0', digest: 'sha256:0' },
  groupLimit: 16,
  input: { filename: null, contentType: 'audio/wav', bytes: 5, sha256: 'a'.repeat(64) },
  metadata: {},
  timeoutMs: 1000,
  expiresAt: null,
  requestId: 'r',
};

let redis: Redis;
let queue: Queue<JobPayloads[JobName], unknown, JobName>;
let worker: Worker;
let server: TestRedis;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(patientRedisOptions(server.address));
  const options = { connection: redis, prefix: keyPrefix };
  queue = new Queue(inferenceQueueName(label), options);
  worker = new Worker(inferenceQueueName(label), undefined, { ...options, autorun: false });
  await worker.waitUntilReady();
});
afterAll(async () => {
  await worker.close();
  await queue.close();
  redis.disconnect();
  await server.discard();
});
beforeEach(() => redis.flushall());

async function submit(options: { of?: string; priority?: number; expiresAt?: number } = {}): Promise<string> {
  const id = newJobId();
  const { of = label, priority = 5, expiresAt = null } = options;
  await submitJob(redis, { id, label: of, priority, payload: { ...payload, expiresAt } });
  return id;
}

async function fetch(lockToken = 'token'): Promise<Job> {
  const job = await worker.getNextJob(lockToken, { block: false });
  if (!job) throw new Error('nothing to fetch');
  return job;
}

async function snapshot(jobId: string): Promise<JobSnapshot> {
  const found = await readJobSnapshot(redis, { label, jobId });
  if (!found) throw new Error('no such job');
  return found;
}

const begin = (jobId: string, lockToken = 'token') => beginJobs(redis, label, [{ jobId, lockToken }]);
const cancel = (jobId: string): Promise<EndOutcome> => endJob(redis, { label, jobId }, canceled, { queuedOnly: false });

describe('a job', () => {
  it('is queued at its place, running once begun, and succeeded with its outcome', async () => {
    const [first, second] = [await submit(), await submit()];
    expect([(await snapshot(first)).queuePosition, (await snapshot(second)).queuePosition]).toEqual([0, 1]);
    const job = await fetch();
    expect(await snapshot(first)).toMatchObject({ id: job.id, status: 'queued', begunAt: null, attempts: 0 });
    await begin(first);
    expect(await snapshot(first)).toMatchObject({ status: 'running', queuePosition: null, attempts: 1 });
    await job.moveToCompleted(outcome, 'token', false);
    const finished = await snapshot(first);
    expect(finished).toMatchObject({ status: 'succeeded', outcome, failure: null, payload });
    expect((finished.finishedAt ?? 0) >= (finished.begunAt ?? Infinity)).toBe(true);
  });

  it('is found in whatever queue it is, as it is there', async () => {
    const ids = await Promise.all(
      ['cpu', 'gpu-0', 'idle'].map(async (of) => {
        await submit({ of });
        const jobId = await submit({ of });
        await announcePace(redis, of, { id: 'a', jobsPerSecond: 2 });
        return { jobId, of };
      }),
    );
    for (const { jobId, of } of ids) {
      const found = await findJobSnapshot(redis, jobId);
      expect(found).toMatchObject({ id: jobId, label: of, status: 'queued', queuePosition: 1, payload });
      expect(found?.estimatedStartAt).toBeGreaterThan(Date.now() - 60_000);
    }
    expect(await findJobSnapshot(redis, newJobId())).toBeNull();
  });

  it('is taken before all of lower priority, and after earlier ones of its own', async () => {
    const [low, normal, urgent, normalToo] = [
      await submit({ priority: 0 }),
      await submit(),
      await submit({ priority: 9 }),
      await submit(),
    ];
    const order = [await fetch(), await fetch(), await fetch(), await fetch()].map(({ id }) => id);
    expect(order).toEqual([urgent, normal, normalToo, low]);
  });

  it('that was added twice is there once', async () => {
    const id = newJobId();
    const job = { id, label, priority: 5, payload };
    await Promise.all([submitJob(redis, job), submitJob(redis, job)]);
    expect(await queue.getPrioritizedCount()).toBe(1);
  });

  it('fails with its code', async () => {
    const id = await submit();
    const job = await fetch();
    const failure = { code: 'input_unreadable', detail: 'no data' } as const;
    await job.moveToFailed(new UnrecoverableError(toFailedReason(failure)), 'token', false);
    expect(await snapshot(id)).toMatchObject({ status: 'failed', failure });
  });

  it('that a worker lost is queued again, and counts its attempts on', async () => {
    const id = await submit();
    await fetch();
    await begin(id);
    await redis.del(`${queue.toKey(id)}:lock`);
    const checker = new Worker(inferenceQueueName(label), () => Promise.resolve(), {
      connection: redis,
      prefix: keyPrefix,
      autorun: false,
    });
    await until('the job is queued again', async () => {
      await redis.del(queue.toKey('stalled-check'));
      await checker.startStalledCheckTimer();
      return (await snapshot(id)).status === 'queued';
    });
    await checker.close();
    expect(await snapshot(id)).toMatchObject({ status: 'queued', queuePosition: 0 });
    await fetch('other');
    await begin(id, 'other');
    expect(await snapshot(id)).toMatchObject({ status: 'running', attempts: 2 });
  });
});

describe('beginning', () => {
  it('leaves out a job whose lock another holds, and one that is gone', async () => {
    const [mine, other] = [await submit(), await submit()];
    await fetch('mine');
    await fetch('other');
    const held = [mine, other, newJobId()].map((jobId) => ({ jobId, lockToken: 'mine' }));
    expect(await beginJobs(redis, label, held)).toEqual([1, 0, 0]);
    expect((await snapshot(other)).status).toBe('queued');
  });
});

describe('a cancel', () => {
  it.each([
    ['queued', () => Promise.resolve()],
    ['fetched ahead', async () => void (await fetch())],
    [
      'running',
      async () => {
        const job = await fetch();
        await begin(job.id ?? '');
      },
    ],
  ])('ends a job that is %s', async (_state, reach) => {
    const id = await submit();
    await reach();
    expect(await cancel(id)).toBe('ended');
    expect(await snapshot(id)).toMatchObject({ status: 'canceled', failure: canceled });
  });

  it('excludes the completion that comes after it', async () => {
    const id = await submit();
    const job = await fetch();
    await begin(id);
    await cancel(id);
    await expect(job.moveToCompleted(outcome, 'token', false)).rejects.toThrow();
    expect(await snapshot(id)).toMatchObject({ status: 'canceled', outcome: null });
  });

  it('changes nothing once the job has completed, nor a second time', async () => {
    const [done, twice] = [await submit(), await submit()];
    await (await fetch()).moveToCompleted(outcome, 'token', false);
    expect([await cancel(done), await cancel(twice), await cancel(twice), await cancel(newJobId())]).toEqual([
      'finished',
      'ended',
      'finished',
      'missing',
    ]);
    expect((await snapshot(done)).status).toBe('succeeded');
  });

  it('that races completions has each job end in exactly one of the two ways', async () => {
    const ends = [];
    for (let i = 0; i < 50; i++) {
      const id = await submit();
      const job = await fetch();
      const completing = job.moveToCompleted(outcome, 'token', false).then(
        () => 'succeeded',
        () => 'rejected',
      );
      const [completed, ended] = await Promise.all([completing, cancel(id)]);
      ends.push([completed, ended, (await snapshot(id)).status].join());
    }
    const either = ['succeeded,finished,succeeded', 'rejected,ended,canceled'];
    expect(ends.filter((end) => !either.includes(end))).toEqual([]);
    expect(ends).toHaveLength(50);
  });

  it('lets nothing begin afterwards', async () => {
    const id = await submit();
    await fetch();
    await cancel(id);
    expect(await begin(id)).toEqual([0]);
  });
});

describe('expiry', () => {
  it('ends what was not begun in time, and nothing else', async () => {
    const now = Date.now();
    const [begun, late, early] = [
      await submit({ expiresAt: now - 1 }),
      await submit({ expiresAt: now - 1 }),
      await submit({ expiresAt: now + 60_000 }),
    ];
    await fetch();
    await begin(begun);
    expect(await sweepExpired(redis, now)).toBe(1);
    const statuses = [await snapshot(begun), await snapshot(late), await snapshot(early)].map(({ status }) => status);
    expect(statuses).toEqual(['running', 'expired', 'queued']);
    expect(await redis.zcard(expiriesKey)).toBe(1);
  });

  it('ends a job once, however many sweep', async () => {
    await submit({ expiresAt: Date.now() - 1 });
    const ended = await Promise.all([sweepExpired(redis), sweepExpired(redis), sweepExpired(redis)]);
    expect(ended.reduce((sum, count) => sum + count)).toBe(1);
  });
});

async function leave(jobId: string): Promise<void> {
  const record = toJobRecord(await snapshot(jobId), null);
  await removeFinishedJob(redis, { label, jobId }, record);
  await removeFinishedJob(redis, { label, jobId }, record);
}

describe('leaving the queue', () => {
  it('is for ended jobs only, and may be repeated', async () => {
    const [ended, waiting] = [await submit(), await submit()];
    await cancel(ended);
    for (const jobId of [ended, waiting]) await leave(jobId);
    expect(await readJobSnapshot(redis, { label, jobId: ended })).toBeNull();
    expect((await snapshot(waiting)).status).toBe('queued');
  });

  it('leaves no key of the job behind', async () => {
    const id = await submit();
    await cancel(id);
    await leave(id);
    const recent = recentJobKey('local', id);
    expect((await redis.keys('*')).filter((key) => key.includes(id))).toEqual([recent]);
    expect(await redis.exists(unarchivedKey('local'), backlogKey(label))).toBe(0);
  });
});

describe('the estimated start', () => {
  const at = async (jobId: string): Promise<number | null> => (await snapshot(jobId)).estimatedStartAt;

  it('follows from the place and from the pace of all workers, and is unknown without one', async () => {
    const ids = [await submit(), await submit(), await submit(), await submit()];
    const last = ids.at(-1) ?? '';
    expect(await at(last)).toBeNull();
    await announcePace(redis, label, { id: 'a', jobsPerSecond: 0.25 });
    await announcePace(redis, label, { id: 'b', jobsPerSecond: 0.75 });
    const [before, estimate] = [Date.now(), await at(last)];
    expect(estimate).toBeGreaterThanOrEqual(before + 3000);
    expect(estimate).toBeLessThanOrEqual(Date.now() + 3000);
    for (const id of ['a', 'b']) await withdrawPace(redis, label, id);
    expect(await at(last)).toBeNull();
  });

  it('is known of a job that a worker has fetched as well, until it begins', async () => {
    const [first, second] = [await submit(), await submit()];
    await announcePace(redis, label, { id: 'a', jobsPerSecond: 0.01 });
    const job = await fetch();
    await fetch();
    expect([job.id, (await snapshot(second)).queuePosition]).toEqual([first, 0]);
    expect(await at(first)).toBeLessThan(Date.now() + 50_000);
    expect(await at(second)).toBeGreaterThan(Date.now() + 50_000);
    await begin(first);
    expect(await at(first)).toBeNull();
  });

  it('forgets a worker of which nothing more is heard, whatever others say', async () => {
    const [, second] = [await submit(), await submit()];
    await announcePace(redis, label, { id: 'gone', jobsPerSecond: 100 }, 1);
    await announcePace(redis, label, { id: 'here', jobsPerSecond: 0.01 });
    await until('only one is left', async () => (await redis.hlen(paceKey(label))) === 1 || announceHere());
    expect(await at(second)).toBeGreaterThan(Date.now() + 90_000);
  });

  const announceHere = () => announcePace(redis, label, { id: 'here', jobsPerSecond: 0.01 }).then(() => false);
});

describe('a waiting job', () => {
  it('takes less than 2.5 kB of Redis with all that belongs to it', async () => {
    const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
    await submit();
    const before = await used();
    for (let i = 0; i < 300; i++) await submit({ expiresAt: Date.now() + 60_000 });
    const bytesPerJob = ((await used()) - before) / 300;
    process.stdout.write(`a waiting job takes ${Math.round(bytesPerJob)} bytes of Redis\n`);
    expect(bytesPerJob).toBeLessThan(2500);
  });
});
