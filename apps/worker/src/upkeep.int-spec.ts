import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import {
  archiveJob,
  endJob,
  FolderStore,
  inferenceQueueName,
  inputKey,
  jobHashKey,
  keyPrefix,
  newJobId,
  patientRedisOptions,
  readArchivedJob,
  readJob,
  resultKey,
  submitJob,
  type JobRecord,
} from '#jobs';
import { Queue } from 'bullmq';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { startRedis, type TestRedis } from '../../../test/with-redis.js';
import { archiveFinished } from './notify/archive-finished.js';
import { sweepLeftovers } from './sweep/sweep-leftovers.js';

const owner = 'local';
const label = 'cpu';
const hour = 3_600_000;
const log = pino({ level: 'silent' });

let server: TestRedis;
let redis: Redis;
let queue: Queue;
let folder: string;
let store: FolderStore;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(patientRedisOptions(server.address));
  queue = new Queue(inferenceQueueName(label), { connection: redis, prefix: keyPrefix });
});
afterAll(async () => {
  await queue.close();
  redis.disconnect();
  await server.discard();
});
beforeEach(async () => {
  await redis.flushall();
  if (folder) await rm(folder, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'earshot-test-'));
  store = new FolderStore(folder);
});
afterAll(() => rm(folder, { recursive: true }));

/** A queued job whose bytes are stored. */
async function submit(madeAt = Date.now()): Promise<string> {
  const id = newJobId(madeAt);
  await store.put(inputKey(owner, id), Buffer.from('bytes'));
  const payload = {
    owner,
    model: { name: 'm', version: '1.0.0', digest: 'sha256:0' },
    groupLimit: 1,
    input: { filename: null, contentType: 'audio/wav', bytes: 5, sha256: '0'.repeat(64) },
    metadata: { n: 1 },
    timeoutMs: 1000,
    expiresAt: null,
    requestId: 'r',
  };
  await submitJob(redis, { id, label, priority: 5, payload });
  return id;
}

async function cancel(jobId: string, now = Date.now()): Promise<void> {
  const failure = { code: 'job_canceled', detail: 'on request' } as const;
  await endJob(redis, { label, jobId }, failure, { queuedOnly: false, now });
}

async function keys(prefix = ''): Promise<string[]> {
  const found = [];
  for await (const { key } of store.list(prefix)) found.push(key);
  return found;
}

describe('the outbox', () => {
  it('is emptied into the archive, and a job stays readable all the way', async () => {
    const [ended, waiting] = [await submit(), await submit()];
    await cancel(ended);
    const before = await readJob({ redis, store }, owner, ended);
    expect(await archiveFinished({ redis, store, announcements: [], log })).toBe(1);
    expect(await redis.exists(jobHashKey({ label, jobId: ended }))).toBe(0);
    expect(await readArchivedJob(store, owner, ended)).toEqual(before);
    expect(await readJob({ redis, store }, owner, ended)).toEqual(before);
    expect((await readJob({ redis, store }, owner, waiting))?.status).toBe('queued');
  });

  it('may be emptied by several at once, and again after one died half-way', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => submit()));
    for (const id of ids) await cancel(id);
    const [first] = ids;
    await archiveJob(store, { record: (await readJob({ redis, store }, owner, first ?? '')) as JobRecord });
    await Promise.all([1, 2, 3].map(() => archiveFinished({ redis, store, announcements: [], log })));
    expect(await keys(`jobs/${owner}/`)).toHaveLength(100);
    expect(await queue.getFailedCount()).toBe(0);
  });

  it('keeps what cannot be archived, and lets the others go', async () => {
    const [spoilt, good] = [await submit(), await submit()];
    for (const id of [spoilt, good]) await cancel(id);
    await redis.hset(jobHashKey({ label, jobId: spoilt }), 'data', '{');
    expect(await archiveFinished({ redis, store, announcements: [], log })).toBe(1);
    expect(await queue.getFailedCount()).toBe(1);
    expect(await readArchivedJob(store, owner, good)).not.toBeNull();
  });
});

describe('the sweep of leftovers', () => {
  const now = Date.now() + 10 * hour;

  it('removes an input that no job names, once it is old enough', async () => {
    const [old, young] = [newJobId(now - 2 * hour), newJobId(now - hour / 2)];
    for (const id of [old, young]) await store.put(inputKey(owner, id), Buffer.from('bytes'));
    expect(await sweepLeftovers({ redis, store }, hour, now)).toBe(1);
    expect(await keys()).toEqual([inputKey(owner, young)]);
  });

  it('leaves inputs of queued and of archived jobs alone', async () => {
    const [archived, waiting] = [await submit(now - 3 * hour), await submit(now - 2 * hour)];
    await cancel(archived, now - 2 * hour);
    await archiveFinished({ redis, store, announcements: [], log });
    await sweepLeftovers({ redis, store }, hour, now);
    expect(await keys('inputs/')).toEqual([archived, waiting].map((id) => inputKey(owner, id)));
  });

  it('removes the results of attempts that were not published', async () => {
    const id = await submit(now - 3 * hour);
    await cancel(id, now - 2 * hour);
    await archiveFinished({ redis, store, announcements: [], log });
    await store.put(resultKey(owner, id, 'late'), Buffer.from('{}'));
    expect(await sweepLeftovers({ redis, store }, hour, now)).toBe(1);
    expect(await keys('results/')).toEqual([]);
  });

  it('comes back to a job that has only just ended, and does not wait for it', async () => {
    const [ended, after] = [await submit(now - 3 * hour), newJobId(now - 2 * hour)];
    await cancel(ended, now - 1000);
    await archiveFinished({ redis, store, announcements: [], log });
    for (const key of [inputKey(owner, after), resultKey(owner, ended, 'late')])
      await store.put(key, Buffer.from('{}'));
    expect(await sweepLeftovers({ redis, store }, hour, now)).toBe(1);
    expect(await keys('results/')).toEqual([resultKey(owner, ended, 'late')]);
    expect(await sweepLeftovers({ redis, store }, hour, now + 2 * hour)).toBe(1);
    expect(await keys('inputs/')).toEqual([inputKey(owner, ended)]);
  });

  it('leaves what was written only just now, however old its job’s id is', async () => {
    const id = newJobId(Date.now() - 2 * hour);
    await store.put(inputKey(owner, id), Buffer.from('bytes'));
    expect(await sweepLeftovers({ redis, store }, hour)).toBe(0);
    expect(await sweepLeftovers({ redis, store }, hour, now)).toBe(1);
  });

  it('looks at each owner', async () => {
    const ids = ['a', 'b', 'b-c'].map((each) => inputKey(each, newJobId(now - 2 * hour)));
    for (const key of ids) await store.put(key, Buffer.from('bytes'));
    expect(await sweepLeftovers({ redis, store }, hour, now)).toBe(3);
  });
});
