import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { batchUploadPrefix, FolderStore, inputPrefix, unarchivedKey, type BatchView } from '#jobs';
import { ask } from './ask-batches.js';
import { damaged, isOver, jobMs, read, recordings, resultsOf, withDigits } from './digit-batches.js';
import { rawZip, type RawZipFile } from './models/raw-zip.js';
import { tar, tarGz } from './models/unpack.js';
import { hasRadosgw, withRadosgw } from './radosgw.js';
import { until } from './until.js';
import type { Service } from './with-service.js';

/** Distinct bytes that a worker takes for a recording, which none reads in these tests. */
const unread = (i: number): Buffer => Buffer.from(`RIFF${String(i).padStart(4, '0')}WAVE${'.'.repeat(2000)}`);
const path = (i: number): string => `line-${i % 7}/recording-${i}.wav`;

const files = (count: number): (RawZipFile & { path: string; name: string; content: Buffer })[] =>
  Array.from({ length: count }, (_, i) => ({ path: path(i), name: path(i), content: unread(i) }));

async function openWith(service: Service, archive: Uint8Array, query = ''): Promise<BatchView> {
  const body = new Uint8Array(archive);
  const { status, body: batch } = await ask<BatchView>(service, 'POST', `/batches?model=spoken-digits${query}`, body, {
    'content-type': 'application/octet-stream',
  });
  expect([status, batch]).toEqual([201, expect.objectContaining({ status: 'open' })]);
  return batch;
}

/** Runs `run` with workers that only unpack: jobs stay queued. */
const withUnpacker = (run: (service: Service) => Promise<void>, settings: Record<string, string> = {}): Promise<void> =>
  withDigits(settings, async (service) => {
    await service.workers[0]!.stop('SIGTERM');
    await startUnpacker(service);
    await run(service);
  });

const startUnpacker = (service: Service) => service.startWorker({ EARSHOT_ROLES: 'notify' });

const unpacked = (service: Service, { id }: BatchView): Promise<BatchView> =>
  until(
    'the archive is unpacked',
    async () => {
      const batch = await read(service, id);
      return batch.unpacking!.status === 'running' ? null : batch;
    },
    jobMs,
  );

async function keysOf(service: Service, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of new FolderStore(service.objects).list(prefix)) keys.push(key);
  return keys;
}

const unfinishedJobs = (service: Service): Promise<number> =>
  service.redis.ask((redis) => redis.zcard(unarchivedKey('local')));

const formats: [string, (count: number) => Promise<Uint8Array>][] = [
  ['zip', (count) => Promise.resolve(rawZip(files(count)))],
  ['tar', (count) => tar(files(count))],
  ['tar.gz', (count) => tarGz(files(count))],
];

/** Kills workers while they unpack. */
async function expectEachFileOnce(service: Service, packed: (count: number) => Promise<Uint8Array>): Promise<void> {
  const count = 400;
  const batch = await openWith(service, await packed(count), '&close=false');
  let killed = 0;
  for (const entries of [16, 150]) {
    await until(
      `${entries} are unpacked`,
      async () => (await read(service, batch.id)).unpacking!.entries >= entries,
      jobMs,
    );
    if ((await read(service, batch.id)).unpacking!.status === 'running') killed += 1;
    await service.workers.at(-1)!.stop('SIGKILL');
    await startUnpacker(service);
  }
  const { unpacking, counts, status } = await unpacked(service, batch);
  expect(killed).toBeGreaterThan(0);
  expect([status, unpacking]).toEqual(['open', { status: 'done', entries: count, error: null }]);
  await until('each file has its job', async () => (await unfinishedJobs(service)) >= count, jobMs);
  expect(await unfinishedJobs(service)).toBe(count);
  expect(counts).toMatchObject({ total: count, failed: 0 });
  const lines = await resultsOf(service, batch.id);
  expect(lines).toHaveLength(count);
  expect(new Set(lines.map((line) => line.path))).toEqual(new Set(files(count).map((file) => file.path)));
  for (const i of [0, count / 2, count - 1]) {
    const { job } = lines.find((line) => line.path === path(i))!;
    const input = await fetch(`${service.url}/jobs/${job}/input`);
    expect(Buffer.from(await input.arrayBuffer())).toEqual(unread(i));
  }
}

describe('a batch that is opened with an archive', () => {
  it(
    'has a result for each recording in it, says what it could not take, and is over by itself',
    () =>
      withDigits({}, async (service) => {
        const [one, two] = recordings as [Uint8Array, Uint8Array];
        const archive = rawZip([
          { path: 'hall/', mode: 0o040755 },
          { path: 'hall/one.wav', content: one },
          { path: 'hall/two.wav', content: two, method: 0 },
          { path: 'hall/two.wav', content: one },
          { path: '__MACOSX/hall/._one.wav', content: 'x' },
          { path: 'hall/.DS_Store', content: 'x' },
          { path: 'damaged.wav', content: damaged },
          { path: 'notes.txt', content: 'no recording' },
          { path: '../../etc/cron.wav', content: one },
          { path: '/root/abs.wav', content: one },
          { path: 'link.wav', content: '/etc/passwd', mode: 0o120777 },
          { path: 'locked.wav', content: one, flags: 1 },
          { path: 'broken.wav', content: one, crc32: 1 },
        ]);
        const batch = await isOver(service, (await openWith(service, archive)).id);
        expect(batch.unpacking).toEqual({ status: 'done', entries: 13, error: null });
        const seen = (await resultsOf(service, batch.id)).map((line) => [line.path, line.error?.code ?? line.status]);
        expect(Object.fromEntries(seen)).toEqual({
          'hall/one.wav': 'succeeded',
          'hall/two.wav': 'succeeded',
          'hall/two.wav (4)': 'batch_file_differs',
          'damaged.wav': 'input_unreadable',
          'notes.txt': 'input_type_mismatch',
          '_/_/etc/cron.wav': 'archive_entry_refused',
          '_/root/abs.wav': 'archive_entry_refused',
          'link.wav': 'archive_entry_refused',
          'locked.wav': 'archive_entry_refused',
          'broken.wav': 'archive_entry_refused',
        });
        expect(batch.counts).toMatchObject({ total: 10, succeeded: 2, failed: 8 });
        await until('the archive is removed', async () => (await keysOf(service, batchUploadPrefix)).length === 0);
      }),
    2 * jobMs,
  );

  it.each(formats)(
    'has each file of a %s once, whatever worker is killed when',
    (_, packed) => withUnpacker((service) => expectEachFileOnce(service, packed)),
    3 * jobMs,
  );

  it(
    'is over with what came before, where the archive is damaged or a bomb, and says so',
    () =>
      withUnpacker(async (service) => {
        const zeros = { path: 'zeros.wav', content: new Uint8Array(32 * 2 ** 20) };
        const whole = await tar(files(20));
        const archives: [Uint8Array, RegExp, number][] = [
          [rawZip([...files(2), zeros]), /more than 200 times/, 0],
          [
            gzipSync(await tar([...files(20), { name: 'zeros.wav', content: Buffer.from(zeros.content) }])),
            /200 times/,
            16,
          ],
          [rawZip(files(20)).subarray(0, 2000), /damaged/, 0],
          [whole.subarray(0, 45_000), /cut off/, 16],
          [Buffer.concat([gzipSync(whole).subarray(0, 200)]), /gzip/, 0],
        ];
        for (const [archive, detail, least] of archives) {
          const batch = await isOverUnread(service, (await openWith(service, archive)).id);
          expect(batch.unpacking).toMatchObject({ status: 'refused', error: { code: 'archive_refused' } });
          expect(batch.unpacking!.error!.detail).toMatch(detail);
          expect(batch.counts.total).toBeGreaterThanOrEqual(least);
          expect(batch.counts.total).toBeLessThan(21);
        }
        await until('the archives are removed', async () => (await keysOf(service, batchUploadPrefix)).length === 0);
      }),
    2 * jobMs,
  );

  it(
    'has no more unpacked once it is canceled, and is over',
    () =>
      withUnpacker(async (service) => {
        const { id } = await openWith(service, rawZip(files(800)));
        await until('some are unpacked', async () => (await read(service, id)).unpacking!.entries > 30, jobMs);
        await ask(service, 'POST', `/batches/${id}/cancel`);
        const batch = await isOver(service, id);
        expect([batch.status, batch.unpacking!.status]).toEqual(['canceled', 'canceled']);
        expect(batch.counts.total).toBeLessThan(800);
        expect(batch.counts.canceled).toBe(batch.counts.total);
        await until('the archive is removed', async () => (await keysOf(service, batchUploadPrefix)).length === 0);
        expect((await read(service, id)).counts).toEqual(batch.counts);
      }),
    2 * jobMs,
  );

  it(
    'takes as much memory of its worker for thousands of files as for a few',
    () =>
      withUnpacker(async (service) => {
        const { pid } = service.workers.at(-1)!;
        await unpacked(service, await openWith(service, rawZip(files(500))));
        const before = peakMib(pid);
        const count = 3000;
        const batch = await unpacked(service, await openWith(service, await tarGz(files(count))));
        expect(batch.counts.total).toBe(count);
        const grown = peakMib(pid) - before;
        process.stdout.write(
          `unpacking ${count} files took ${grown} MiB more at most than unpacking 500 (${before} MiB)\n`,
        );
        expect(grown).toBeLessThan(64);
        expect((await keysOf(service, inputPrefix)).length).toBe(3500);
      }),
    3 * jobMs,
  );
});

(hasRadosgw ? describe : describe.skip)('with an S3 API for a store, a batch that is opened with an archive', () => {
  it(
    'has each file once, whatever worker is killed when',
    () =>
      withRadosgw(async (s3) => {
        for (const [, packed] of formats.filter(([name]) => name !== 'tar'))
          await withUnpacker((service) => expectEachFileOnce(service, packed), await s3.newBucket());
      }),
    4 * jobMs,
  );
});

/** Of a batch whose files nobody runs: they are canceled once its archive has been refused. */
async function isOverUnread(service: Service, id: string): Promise<BatchView> {
  const batch = await unpacked(service, { id } as BatchView);
  expect(batch.closedAt).not.toBeNull();
  if (batch.finishedAt === null) await ask(service, 'POST', `/batches/${id}/cancel`);
  await isOver(service, id);
  return batch;
}

/** Most memory that a process has held, in MiB. */
function peakMib(pid: number): number {
  const [, kib = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib) / 1024);
}
