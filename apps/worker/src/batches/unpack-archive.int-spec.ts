import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import {
  batchKeys,
  batchUploadKey,
  endUnpacking,
  findBatch,
  inputPrefix,
  markCanceled,
  newBatchId,
  newJobId,
  noLimits,
  openBatch,
  readFiles,
  storedBytesKey,
  StoreUnavailableError,
  toBatchPath,
  unarchivedKey,
  type ObjectStore,
} from '#jobs';
import { randomBytes } from '../../../../test/models/random-bytes.js';
import { rawZip } from '../../../../test/models/raw-zip.js';
import { file, tar, tarGz } from '../../../../test/models/unpack.js';
import { withTestJobs } from '../../../../test/with-test-jobs.js';
import { sweepBatchUploads } from '../sweep/sweep-batch-uploads.js';
import { unpackArchive, type UnpackArchiveParts } from './unpack-archive.js';

const owner = 'mill';
const maxUploadBytes = 1_000_000;
const { signal } = new AbortController();

interface Unpacking {
  parts: UnpackArchiveParts;
  redis: Redis;
  store: ObjectStore;
  /** Stores an archive, and opens a batch with it. */
  open: (archive: Uint8Array, format: string) => Promise<string>;
}

const withUnpacking = (run: (unpacking: Unpacking) => Promise<void>): Promise<void> =>
  withTestJobs(async ({ redis, store }) => {
    const open = async (archive: Uint8Array, format: string): Promise<string> => {
      const id = newBatchId();
      const key = batchUploadKey(owner, id, 'upload');
      await store.put(key, archive);
      await openBatch(redis, id, {
        owner,
        model: { name: 'fan-fault', version: '1.0.0', digest: 'sha256:0' },
        ...{ groupLimit: 16, kind: 'audio', label: 'cpu', reuse: true, priority: 5, timeoutMs: 1000, metadata: {} },
        archive: { key, format, bytes: archive.length, closes: true },
      });
      return id;
    };
    await run({ parts: { redis, store, maxUploadBytes, quotas: noLimits }, redis, store, open });
  });

const recording = (i: number, bytes = 100): string => `RIFF${String(i).padStart(4, '0')}WAVE${'.'.repeat(bytes)}`;
const some = (count: number) => Array.from({ length: count }, (_, i) => file(`${i}.wav`, recording(i)));
const jobsOf = (redis: Redis): Promise<number> => redis.zcard(unarchivedKey(owner));

async function keysOf(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

describe('unpackArchive', () => {
  it.each([
    ['zip', rawZip],
    ['tar', tar],
    ['tar.gz', tarGz],
  ] as const)('takes files of any size of a %s, and none above the largest', (format, packed) =>
    withUnpacking(async ({ parts, redis, store, open }) => {
      const noise = randomBytes(900_000).toString('latin1');
      const files = [
        file('small.wav', recording(1)),
        file('large.wav', `RIFF0000WAVE${noise}`),
        file('too-large.wav', `RIFF0000WAVE${noise}${noise}`),
        file('empty.wav'),
        file('last.wav', recording(2)),
      ];
      const content = files.map((each) => ({ ...each, content: Buffer.from(each.content, 'latin1') }));
      const id = await open(await packed(content), format);
      await unpackArchive(parts, id, signal);
      const batch = await findBatch(redis, id);
      expect(batch!.unpacking).toEqual({ state: 'done', entries: 5, error: null });
      const paths = files.map(({ path }) => path);
      const taken = await readFiles(redis, id, paths);
      expect(taken.map(({ path, bytes, error }) => [path, bytes, error?.code])).toEqual([
        ['small.wav', 112, undefined],
        ['large.wav', 900_012, undefined],
        ['too-large.wav', null, 'input_too_large'],
        ['empty.wav', 0, 'empty_input'],
        ['last.wav', 112, undefined],
      ]);
      expect(await keysOf(store, inputPrefix)).toHaveLength(3);
      expect(await keysOf(store, 'batch-uploads/')).toEqual([]);
      const large = taken[1]!;
      expect((await store.get(`${inputPrefix}${owner}/${large.jobId}`)).length).toBe(900_012);
    }),
  );

  it('takes each entry once when two workers unpack at the same moment', () =>
    withUnpacking(async ({ parts, redis, store, open }) => {
      const id = await open(rawZip(some(100)), 'zip');
      await Promise.all([unpackArchive(parts, id, signal), unpackArchive(parts, id, signal)]);
      expect(await findBatch(redis, id)).toMatchObject({ total: 100, unpacking: { state: 'done', entries: 100 } });
      expect([await jobsOf(redis), (await keysOf(store, inputPrefix)).length]).toEqual([100, 100]);
    }));

  it('goes on where the store failed', () =>
    withUnpacking(async ({ parts, redis, store, open }) => {
      const id = await open(await tar(some(60)), 'tar');
      let left = 20;
      const failing = Object.assign(Object.create(store) as ObjectStore, {
        put: (...args: Parameters<ObjectStore['put']>) =>
          left-- > 0 ? store.put(...args) : Promise.reject(new StoreUnavailableError('away')),
      });
      await expect(unpackArchive({ ...parts, store: failing }, id, signal)).rejects.toThrow('away');
      const { total, unpacking } = (await findBatch(redis, id))!;
      expect([unpacking!.state, total < 60]).toEqual(['running', true]);
      await unpackArchive(parts, id, signal);
      expect(await findBatch(redis, id)).toMatchObject({ total: 60, unpacking: { state: 'done', entries: 60 } });
      expect(await jobsOf(redis)).toBe(60);
    }));

  it('waits while its owner has as many unfinished jobs as may be, and ends when the storage is full', () =>
    withUnpacking(async ({ parts, redis, open }) => {
      const waiting = await open(rawZip(some(60)), 'zip');
      const few = { ...parts, quotas: { jobs: 20, bytes: null } };
      await expect(unpackArchive(few, waiting, signal)).rejects.toMatchObject({ code: 'job_quota_exceeded' });
      expect((await findBatch(redis, waiting))!.unpacking!.state).toBe('running');
      await redis.del(unarchivedKey(owner));
      await unpackArchive(parts, waiting, signal);
      expect((await findBatch(redis, waiting))!.total).toBe(60);
      const full = await open(rawZip(some(60)), 'zip');
      await unpackArchive({ ...parts, quotas: { jobs: null, bytes: 1 } }, full, signal);
      expect((await findBatch(redis, full))!.unpacking).toMatchObject({
        ...{ state: 'refused', entries: 0, error: { code: 'storage_quota_exceeded' } },
      });
    }));

  it('has a line for each entry that it refuses, also of one path, and once when it is repeated', () =>
    withUnpacking(async ({ parts, redis, store, open }) => {
      const deep = Array.from({ length: 17 }, (_, i) => `folder-number-${i}`).join('/');
      const wide = Array.from({ length: 4 }, () => '\u0958'.repeat(80)).join('/');
      const archive = rawZip([
        ...Array.from({ length: 40 }, (_, i) => file(`${deep}/${i}.wav`, recording(i))),
        ...[file('../up.wav', recording(1)), file('../up.wav', recording(2)), file(`${'/'.repeat(250)}x`)],
        file(wide, recording(3)),
      ]);
      const id = await open(archive, 'zip');
      await unpackArchive(parts, id, signal);
      // As if none had been noted as done.
      await redis.hset(batchKeys(id).batch, { unpacking: 'running', entries: 0 });
      await store.put((await findBatch(redis, id))!.archive!.key, archive);
      await unpackArchive(parts, id, signal);
      const ended = await findBatch(redis, id);
      expect([ended!.total, ended!.ended.failed]).toEqual([44, 44]);
      const [up, second] = await readFiles(redis, id, ['_/up.wav', '_/up.wav (42)']);
      expect([up!.error!.detail, second!.error!.detail]).toEqual(
        Array(2).fill(expect.stringContaining('leads out of the folder')),
      );
      const lines = await redis.lrange(batchKeys(id).order, 0, -1);
      expect(lines.every((path) => toBatchPath(path) === path)).toBe(true);
      const told = (await readFiles(redis, id, lines)).map(({ error }) => error!.detail);
      expect(told.filter((detail) => /\u0958.* too long; shorten it/.test(detail))).toHaveLength(1);
    }));

  it('counts as stored until it is unpacked, when its files take its place', () =>
    withUnpacking(async ({ parts, redis, open }) => {
      const archive = await tar(some(3));
      const id = await open(archive, 'tar');
      const stored = async () => Number(await redis.hget(storedBytesKey, owner));
      expect(await stored()).toBe(archive.length);
      await unpackArchive({ ...parts, quotas: { jobs: null, bytes: archive.length } }, id, signal);
      await unpackArchive(parts, id, signal);
      expect((await findBatch(redis, id))!.unpacking).toMatchObject({ state: 'done', entries: 3 });
      expect(await stored()).toBe(3 * recording(0).length);
    }));

  it('says so when the archive is gone', () =>
    withUnpacking(async ({ parts, redis, store, open }) => {
      const id = await open(rawZip(some(1)), 'zip');
      await store.delete((await findBatch(redis, id))!.archive!.key);
      await unpackArchive(parts, id, signal);
      expect((await findBatch(redis, id))!.unpacking).toMatchObject({
        state: 'refused',
        error: { code: 'input_missing' },
      });
    }));
});

describe('the sweep', () => {
  it('removes archives that no batch is unpacked from', () =>
    withUnpacking(async ({ redis, store, open }) => {
      const [running, over, canceled] = [
        await open(rawZip([]), 'zip'),
        await open(rawZip([]), 'zip'),
        await open(rawZip([]), 'zip'),
      ];
      await markCanceled(redis, canceled);
      await endUnpacking(redis, over, { state: 'done', error: null, closes: true });
      await store.put(batchUploadKey(owner, newBatchId(), newJobId()), Buffer.from('no batch'));
      await store.put(batchUploadKey(owner, running, 'another'), Buffer.from('of a repeat'));
      expect(await sweepBatchUploads(redis, store, Date.now() - 60_000)).toBe(0);
      expect(await sweepBatchUploads(redis, store, Date.now() + 60_000)).toBe(4);
      expect(await keysOf(store, 'batch-uploads/')).toEqual([batchUploadKey(owner, running, 'upload')]);
      expect((await findBatch(redis, canceled))!.unpacking!.state).toBe('canceled');
    }));
});
