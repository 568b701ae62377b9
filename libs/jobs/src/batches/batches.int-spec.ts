import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Queue, UnrecoverableError, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { startRedis, type TestRedis } from '../../../../test/with-redis.js';
import { withFolder } from '../../../../test/with-folder.js';
import { beginJobs } from '../begin-jobs.js';
import { endJob } from '../end-job.js';
import { newJobId } from '../ids.js';
import { inferenceQueueName, keyPrefix } from '../queues.js';
import { patientRedisOptions } from '../redis.js';
import { FolderStore } from '../store/folder-store.js';
import { submitJob } from '../submit-job.js';
import { countFiles } from './batch-counts.js';
import { addFile, listFiles, settleFile, unsurePaths, type BatchFile } from './batch-files.js';
import { toBatchJob } from './batch-job.js';
import { mostUnfinishedBatches, newBatchId, openBatch, readBatch, type Batch, type BatchOptions } from './batch.js';
import { unfinishedBatchesOf } from './batch-keys.js';
import { closeBatch, endFile, markCanceled, runFileAgain, type EndOfFile } from './file-ends.js';
import { finishBatch } from './finish-batch.js';

const label = 'cpu';
const owner = 'mill';
const options: BatchOptions = {
  owner,
  model: { name: 'fan-fault', version: '1.0.0', digest: 'sha256:0' },
  ...{ groupLimit: 16, kind: 'audio', label, reuse: true, priority: 5, timeoutMs: 1000, metadata: {} },
};
const succeeded: EndOfFile = { status: 'succeeded', at: 1, label: 'ok', score: 0.9 };
const failed: EndOfFile = { status: 'failed', at: 2, error: { code: 'input_unreadable', detail: 'damaged' } };

let server: TestRedis;
let redis: Redis;
let queue: Queue;
let worker: Worker;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(patientRedisOptions(server.address));
  const connection = { connection: redis, prefix: keyPrefix };
  queue = new Queue(inferenceQueueName(label), connection);
  worker = new Worker(inferenceQueueName(label), undefined, { ...connection, autorun: false });
  await worker.waitUntilReady();
});
afterAll(async () => {
  await worker.close();
  await queue.close();
  redis.disconnect();
  await server.discard();
});
beforeEach(() => redis.flushall());

async function open(): Promise<string> {
  const id = newBatchId();
  await openBatch(redis, id, options);
  return id;
}

const newFile = (sha256: string): BatchFile => ({
  ...{ jobId: newJobId(), sha256: sha256.repeat(64), bytes: 5, contentType: 'audio/wav', requestId: 'r' },
});

const add = (id: string, path: string, sha256 = 'a') => addFile(redis, id, path, newFile(sha256));

async function read(id: string): Promise<Batch> {
  const batch = await readBatch(redis, owner, id);
  if (batch === null) throw new Error('there is no such batch');
  return batch;
}

async function submit(id: string, path: string): Promise<string> {
  const { file } = await add(id, path);
  await submitJob(redis, toBatchJob(await read(id), path, file!)!);
  await settleFile(redis, id, path);
  return file!.jobId;
}

async function run(): Promise<Job> {
  const job = await worker.getNextJob('token', { block: false });
  await beginJobs(redis, label, [{ jobId: job.id!, lockToken: 'token' }]);
  return job;
}

async function files(id: string) {
  const entries = [];
  for await (const page of listFiles(redis, id)) entries.push(...page);
  return entries;
}

describe('a batch', () => {
  it('is opened once, and only there for its owner', async () => {
    const id = await open();
    await openBatch(redis, id, { ...options, priority: 9 });
    expect(await read(id)).toMatchObject({ priority: 5, total: 0, closedAt: null, finishedAt: null });
    expect(await readBatch(redis, 'other', id)).toBeNull();
    expect(await readBatch(redis, owner, newBatchId())).toBeNull();
    expect(await readBatch(redis, owner, '../x')).toBeNull();
  });

  it('takes a path once, whoever sends it how often', async () => {
    const id = await open();
    const added = await Promise.all(['a', 'a', 'a'].map((sha) => add(id, 'x/1.wav', sha)));
    expect(added.map(({ outcome }) => outcome).sort()).toEqual(['added', 'known', 'known']);
    expect(new Set(added.map(({ file }) => file!.jobId)).size).toBe(1);
    expect((await add(id, 'x/1.wav', 'b')).outcome).toBe('other');
    await add(id, 'x/0.wav', 'b');
    expect((await files(id)).map(({ path }) => path)).toEqual(['x/1.wav', 'x/0.wav']);
    expect((await read(id)).total).toBe(2);
    await closeBatch(redis, id);
    expect((await add(id, 'x/2.wav')).outcome).toBe('closed');
    expect((await add(id, 'x/1.wav')).outcome).toBe('known');
    expect((await add(newBatchId(), 'x/2.wav')).outcome).toBe('missing');
  });

  it('knows which files may have no job', async () => {
    const id = await open();
    await Promise.all([add(id, '1'), add(id, '2'), add(id, '3')]);
    await settleFile(redis, id, '2');
    await endFile(redis, id, '3', succeeded);
    expect(await unsurePaths(redis, id, Date.now(), 10)).toEqual(['1']);
    expect(await unsurePaths(redis, id, Date.now() - 10_000, 10)).toEqual([]);
  });

  it('is over when it is closed and every file has ended', async () => {
    const id = await open();
    await Promise.all([add(id, '1'), add(id, '2')]);
    await endFile(redis, id, '1', succeeded);
    await endFile(redis, id, '2', failed);
    expect((await read(id)).finishedAt).toBeNull();
    await closeBatch(redis, id, 77);
    await closeBatch(redis, id, 88);
    expect(await read(id)).toMatchObject({ closedAt: 77, finishedAt: 77, ended: { succeeded: 1, failed: 1 } });
    expect(await markCanceled(redis, id)).toBe(false);
  });

  it('is over at once when it is closed without a file, and when the last file ends after that', async () => {
    const [empty, late] = [await open(), await open()];
    await closeBatch(redis, empty, 5);
    await add(late, '1');
    expect(await markCanceled(redis, late, 6)).toBe(true);
    await endFile(redis, late, '1', { status: 'canceled', at: 7 }, 8);
    expect((await read(empty)).finishedAt).toBe(5);
    expect(await read(late)).toMatchObject({ canceledAt: 6, finishedAt: 8 });
  });

  it('counts each end once, also when a file is run again', async () => {
    const id = await open();
    await add(id, '1');
    await closeBatch(redis, id);
    await Promise.all([failed, failed, failed].map((end) => endFile(redis, id, '1', end)));
    expect(await read(id)).toMatchObject({ ended: { failed: 1 } });
    await Promise.all([1, 2].map(() => runFileAgain(redis, { owner, id, path: '1' }, failed.at)));
    expect(await read(id)).toMatchObject({ finishedAt: null, ended: { failed: 0 } });
    expect(await unsurePaths(redis, id, Date.now(), 10)).toEqual(['1']);
    await endFile(redis, id, '1', failed);
    expect((await read(id)).finishedAt).toBeNull();
    await endFile(redis, id, '1', { ...succeeded, at: 3 });
    expect(await read(id)).toMatchObject({ ended: { succeeded: 1, failed: 0 } });
    await runFileAgain(redis, { owner, id, path: '1' }, 3);
    expect((await files(id))[0]!.end).toEqual({ ...succeeded, at: 3 });
  });
});

describe('an end that is told after its file was run again', () => {
  it('is not counted, whether it had been told before or not', async () => {
    const id = await open();
    await Promise.all([add(id, '1'), closeBatch(redis, id)]);
    await runFileAgain(redis, { owner, id, path: '1' }, failed.at);
    await endFile(redis, id, '1', failed);
    expect(await read(id)).toMatchObject({ finishedAt: null, ended: { failed: 0 } });
    expect(await endFile(redis, id, '1', { ...failed, at: 9 })).toBe(true);
    expect((await read(id)).ended.failed).toBe(1);
  });
});

it('takes less than 2.5 kB of Redis for a file that waits, its job and all that belongs to it', async () => {
  const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
  const id = await open();
  const path = (i: number) => `hall-3/line-07/2026-11-21/recording-${String(i).padStart(5, '0')}.wav`;
  for (let i = 0; i < 100; i++) await submit(id, path(i));
  const before = await used();
  for (let i = 100; i < 1100; i++) await submit(id, path(i));
  const bytesPerFile = ((await used()) - before) / 1000;
  process.stdout.write(`a waiting file of a batch takes ${Math.round(bytesPerFile)} bytes of Redis\n`);
  expect(bytesPerFile).toBeLessThan(2500);
});

describe('the counts of a batch', () => {
  it('know of what runs, and of what has ended and is not counted yet', async () => {
    const id = await open();
    const other = await open();
    const ids = [];
    for (const path of ['1', '2', '3', '4']) ids.push(await submit(id, path));
    await submit(other, '1');
    await worker.getNextJob('ahead', { block: false });
    expect(await countFiles(redis, await read(id))).toMatchObject({ total: 4, queued: 4, running: 0 });
    const second = await run();
    const third = await run();
    await run();
    await run();
    expect(await countFiles(redis, await read(id))).toMatchObject({ total: 4, queued: 1, running: 3 });
    await second.moveToCompleted({}, 'token', false);
    await third.moveToFailed(new UnrecoverableError('input_unreadable: damaged'), 'token', false);
    const failure = { code: 'job_canceled', detail: 'it was' } as const;
    await endJob(redis, { label, jobId: ids[0]! }, failure, { queuedOnly: false });
    const counts = { total: 4, queued: 0, running: 1, succeeded: 1, failed: 1, canceled: 1, expired: 0 };
    expect(await countFiles(redis, await read(id))).toEqual(counts);
    await endFile(redis, id, '2', succeeded);
    expect(await countFiles(redis, await read(id))).toEqual(counts);
    expect(await countFiles(redis, await read(other))).toMatchObject({ total: 1, running: 1 });
  });
});

describe('the unfinished batches of an owner', () => {
  it('are a thousand at most, with room again for each that is over', () =>
    withFolder(async (folder) => {
      const store = new FolderStore(folder);
      const ids: string[] = [];
      for (let i = 0; i < mostUnfinishedBatches; i++) ids.push(await open());
      await expect(open()).rejects.toMatchObject({ code: 'job_quota_exceeded' });
      const [first = ''] = ids;
      await openBatch(redis, first, options);
      await openBatch(redis, newBatchId(), { ...options, owner: 'other' });
      await closeBatch(redis, first);
      await finishBatch({ redis, store }, await read(first), () => Promise.resolve());
      await open();
      await expect(open()).rejects.toMatchObject({ code: 'job_quota_exceeded' });
    }));

  it('count one again that was over, while files of it are run again', () =>
    withFolder(async (folder) => {
      const id = await open();
      await Promise.all([add(id, '1'), closeBatch(redis, id)]);
      const counts = async () => Boolean(await redis.sismember(unfinishedBatchesOf(owner), id));
      const finish = async () =>
        finishBatch({ redis, store: new FolderStore(folder) }, await read(id), () => Promise.resolve());
      const seen = [await counts()];
      await endFile(redis, id, '1', failed);
      await finish();
      seen.push(await counts());
      await runFileAgain(redis, { owner, id, path: '1' }, failed.at);
      seen.push(await counts());
      await endFile(redis, id, '1', succeeded);
      await finish();
      expect([...seen, await counts()]).toEqual([true, false, true, false]);
    }));
});
