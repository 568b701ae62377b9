import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import {
  batchKeys,
  batchUploadPrefix,
  type BatchView,
  parseEgressAllow,
  type ResultLine,
  unpackJobId,
  uploadKey,
} from '#jobs';
import { ask, code, linesOf, type Answer } from '../../../../test/ask-batches.js';
import { rawZip } from '../../../../test/models/raw-zip.js';
import { file, tar } from '../../../../test/models/unpack.js';
import { newRecording } from '../../../../test/recordings.js';
import { until } from '../../../../test/until.js';
import { inputsSettle, withApi, type TestApi } from '../../../../test/with-api.js';

const recording = new Uint8Array(newRecording({ seconds: 0.1 }));
const zip = new Uint8Array(rawZip([{ path: 'a.wav', content: recording }]));
const allowed = { egressAllow: parseEgressAllow('127.0.0.1') };

type Opened = Answer<BatchView & { code?: string; detail?: string; errors?: { pointer: string; detail: string }[] }>;

const open = (api: TestApi, body: RequestInit['body'], headers = {}, query = ''): Promise<Opened> =>
  ask(api, 'POST', `/batches${query}`, body, headers);

const openItems = (api: TestApi, items: unknown, fields: object = {}, headers = {}): Promise<Opened> =>
  open(api, JSON.stringify({ model: 'demo', items, ...fields }), { 'content-type': 'application/json', ...headers });

const results = (api: TestApi, { id }: BatchView) => linesOf<ResultLine>(api, `/batches/${id}/results`);

async function upload(api: TestApi, bytes = recording): Promise<string> {
  const body = JSON.stringify({ bytes: bytes.length });
  const { body: opened } = await ask<{ id: string; url: string }>(api, 'POST', '/uploads', body);
  const sent = await fetch(`${api.url}${opened.url}`, {
    method: 'PUT',
    body: bytes,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(sent.ok).toBe(true);
  return opened.id;
}

async function stored(api: TestApi, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of api.store.list(prefix)) keys.push(key);
  return keys;
}

function form(parts: [name: string, value: string | Uint8Array<ArrayBuffer>, filename?: string][]): FormData {
  const data = new FormData();
  for (const [name, value, filename] of parts)
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, new Blob([value]), filename);
  return data;
}

describe('POST /batches with items', () => {
  it('has a job for each, which a worker gets the bytes of', () =>
    withApi(async (api) => {
      const id = await upload(api);
      const items = [
        { url: 'http://127.0.0.1:9/a.wav', path: 'line-1/a.wav' },
        { upload: id, path: 'b.wav' },
        { upload: id, path: 'b.wav' },
      ];
      const { status, body } = await openItems(api, items);
      expect([status, body.status, body.counts.total]).toEqual([201, 'running', 2]);
      const lines = await results(api, body);
      expect(lines.map(({ path, status: its, sha256 }) => [path, its, sha256])).toEqual([
        ['line-1/a.wav', 'queued', null],
        ['b.wav', 'queued', null],
      ]);
      const job = await ask<object>(api, 'GET', `/jobs/${lines[1]!.job}`);
      expect(job.body).toMatchObject({ batch: body.id, input: { filename: 'b.wav', bytes: recording.length } });
      await inputsSettle(api, 1);
    }, allowed));

  it('stays open for more when asked to', () =>
    withApi(async (api) => {
      const { body } = await openItems(api, [{ url: 'http://127.0.0.1:9/a.wav', path: 'a' }], { close: false });
      expect([body.status, body.closesAt !== null]).toEqual(['open', true]);
      const more = await ask(api, 'POST', `/batches/${body.id}/files?path=b`, recording);
      const other = await ask<{ code: string }>(api, 'POST', `/batches/${body.id}/files?path=a`, recording);
      expect([more.status, ...code(other)]).toEqual([201, 409, 'batch_file_differs']);
    }, allowed));

  it('is refused as a whole for any file that cannot be got, before there is a batch', () =>
    withApi(async (api) => {
      const good = { url: 'http://127.0.0.1:9/a.wav', path: 'a' };
      const wrong = await openItems(api, [
        good,
        { url: 'http://10.0.0.1/a.wav', path: 'b' },
        { upload: 'upload_01KAGQ2W6Y3V8Z5N4M7T9R1XBC', path: 'c' },
        { url: 'no address', path: 'd' },
      ]);
      expect(code(wrong)).toEqual([400, 'invalid_request']);
      expect(wrong.body.errors!.map(({ pointer }) => pointer).sort()).toEqual([
        '/items/1/url',
        '/items/2/upload',
        '/items/3/url',
      ]);
      const shapes = await openItems(api, [
        { path: 'a' },
        { ...good, path: '../a' },
        good,
        { ...good, url: `${good.url}?other` },
        { ...good, upload: 'x', path: 'e' },
      ]);
      expect(shapes.body.errors!.map(({ pointer }) => pointer).sort()).toEqual([
        '/items/0',
        '/items/1/path',
        '/items/4',
      ]);
      const twice = await openItems(api, [good, { ...good, url: `${good.url}?other` }]);
      expect(twice.body.errors).toMatchObject([{ pointer: '/items/1/path' }]);
      const many = await openItems(api, Array<object>(1001).fill(good));
      expect(many.body.errors).toMatchObject([{ pointer: '/items', detail: expect.stringContaining('1000') }]);
      const large = await openItems(api, [good], { metadata: { a: 'x'.repeat(5 * 2 ** 20) } });
      expect([...code(large), large.body.detail]).toEqual([400, 'invalid_request', expect.stringContaining('4194304')]);
      await api.redis.ask(async (redis) => expect(await redis.keys('*batches*')).toEqual([]));
    }, allowed));

  it('is one for all requests with one Idempotency-Key', () =>
    withApi(async (api) => {
      const items = Array.from({ length: 50 }, (_, i) => ({ url: `http://127.0.0.1:9/${i}`, path: `${i}.wav` }));
      const key = { 'idempotency-key': 'the-same' };
      const first = await openItems(api, items, {}, key);
      const again = await openItems(api, items, {}, key);
      expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
      expect(again.body.counts.total).toBe(50);
      expect(code(await openItems(api, items.slice(1), {}, key))).toEqual([422, 'idempotency_key_reused']);
    }, allowed));
});

describe('POST /batches as a form', () => {
  it('takes each file under its name, whatever comes last, and says of the bad ones what is wrong', () =>
    withApi(
      async (api) => {
        const other = new Uint8Array(newRecording({ seconds: 0.2 }));
        const data = form([
          ['file', recording, 'a.wav'],
          ['file', recording, 'line-7/b.wav'],
          ['file', new Uint8Array(Buffer.from('no recording')), 'notes.txt'],
          ['file', recording, '../../c.wav'],
          ['file', other, 'a.wav'],
          ['file', new Uint8Array(300_000), 'large.wav'],
          ['model', 'demo'],
          ['metadata', '{"site":"mill"}'],
        ]);
        const { status, body } = await open(api, data);
        expect([status, body.status, body.metadata]).toEqual([201, 'running', { site: 'mill' }]);
        expect(body.counts).toMatchObject({ total: 6, queued: 2, failed: 4 });
        const lines = (await results(api, body)).map(({ path, status: its, error }) => [path, its, error?.code]);
        expect(lines).toEqual([
          ['a.wav', 'queued', undefined],
          ['line-7/b.wav', 'queued', undefined],
          ['notes.txt', 'failed', 'input_type_mismatch'],
          ['_/_/c.wav', 'failed', 'invalid_request'],
          ['a.wav (5)', 'failed', 'batch_file_differs'],
          ['large.wav', 'failed', 'input_too_large'],
        ]);
        await inputsSettle(api, 2);
      },
      { maxUploadBytes: 200_000 },
    ));

  it('takes an archive in place of files, and keeps nothing of what it refuses', () =>
    withApi(async (api) => {
      const model: [string, string] = ['model', 'demo'];
      const taken = await open(api, form([model, ['archive', zip, 'a.zip']]));
      const asFile = await open(api, form([['file', zip, 'a.zip'], model]));
      for (const { status, body } of [taken, asFile])
        expect([status, body.status, body.unpacking]).toEqual([
          201,
          'open',
          { status: 'running', entries: 0, error: null },
        ]);
      expect(await stored(api, batchUploadPrefix)).toHaveLength(2);
      const refused: [FormData, [number, string]][] = [
        [form([model, ['archive', recording, 'a.zip']]), [422, 'archive_refused']],
        [form([model, ['file', recording, 'a'], ['archive', zip, 'b']]), [400, 'invalid_request']],
        [form([model, ['archive', zip, 'a'], ['archive', zip, 'b']]), [400, 'invalid_request']],
        [
          form([
            ['model', 'none'],
            ['archive', zip, 'a'],
          ]),
          [404, 'model_not_found'],
        ],
        [
          form([
            ['model', 'none'],
            ['file', recording, 'a'],
          ]),
          [404, 'model_not_found'],
        ],
        [form([['file', recording, 'a']]), [400, 'invalid_request']],
        [form([model, ['nice', recording, 'a']]), [400, 'invalid_request']],
        [form([model, ['items', '[]'], ['file', recording, 'a']]), [400, 'invalid_request']],
      ];
      for (const [data, expected] of refused) expect(code(await open(api, data))).toEqual(expected);
      await inputsSettle(api, 0);
      await until('nothing is kept', async () => (await stored(api, batchUploadPrefix)).length === 2);
    }));
});

describe('POST /batches as a form of unknown length', () => {
  async function stream(api: TestApi, sizes: number[]): Promise<Opened> {
    const files = sizes.map((size, i): [string, Uint8Array<ArrayBuffer>, string] => [
      'file',
      new Uint8Array(size).fill(i + 1),
      `${i}`,
    ]);
    const { body, headers } = new Response(form([['model', 'demo'], ...files]));
    const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit;
    const answer = await fetch(`${api.url}/batches`, init);
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Opened['body'] };
  }

  it('may not be larger than an archive with all its files, also those that are passed over', () =>
    withApi(
      async (api) => {
        const fitting = await stream(api, [10_000, 35_000]);
        expect([fitting.status, fitting.body.counts.total]).toEqual([201, 2]);
        for (const sizes of [
          [20_000, 20_000, 20_000],
          [25_000, 40_000],
          [45_000, 10_000],
        ]) {
          const { status, body } = await stream(api, sizes);
          expect([sizes, status, body.detail]).toEqual([
            sizes,
            413,
            expect.stringContaining('EARSHOT_MAX_ARCHIVE_BYTES'),
          ]);
        }
        await inputsSettle(api, 0);
      },
      { maxUploadBytes: 30_000, maxArchiveBytes: 50_000 },
    ));
});

describe('POST /batches with an archive', () => {
  it('takes what is one by its bytes, with the fields in the query', () =>
    withApi(async (api) => {
      const inTar = new Uint8Array(await tar([file('a.wav', 'x')]));
      const archives: [string, Uint8Array<ArrayBuffer>][] = [
        ['application/zip', zip],
        ['application/x-tar', inTar],
        ['application/gzip', new Uint8Array(gzipSync(inTar))],
        ['application/octet-stream', zip],
        ['application/octet-stream', inTar],
        ['application/x-www-form-urlencoded', zip],
      ];
      const query = '?model=demo&reuse=false&priority=7&metadata=%7B%22site%22%3A%22mill%22%7D';
      for (const [type, bytes] of archives) {
        const { status, body } = await open(api, bytes, { 'content-type': type }, query);
        expect([type, status, body.reuse, body.metadata]).toEqual([type, 201, false, { site: 'mill' }]);
        expect(body).toMatchObject({ status: 'open', closesAt: null, unpacking: { status: 'running' } });
        await api.redis.ask(async (redis) =>
          expect(await redis.exists(`{earshot}:batches:${unpackJobId(body.id)}`)).toBe(1),
        );
      }
    }));

  it('refuses what is none, is too large, or has wrong fields, and keeps nothing', () =>
    withApi(
      async (api) => {
        const type = { 'content-type': 'application/zip' };
        const refused = async (bytes: Uint8Array<ArrayBuffer>, query: string) =>
          code(await open(api, bytes, type, query));
        expect(await refused(recording, '?model=demo')).toEqual([422, 'archive_refused']);
        expect(await refused(new Uint8Array(), '?model=demo')).toEqual([422, 'archive_refused']);
        expect(await refused(zip, '')).toEqual([400, 'invalid_request']);
        expect(await refused(zip, '?model=demo&nice=1')).toEqual([400, 'invalid_request']);
        expect(await refused(zip, '?model=demo&model=other')).toEqual([400, 'invalid_request']);
        expect(await refused(zip, '?model=none')).toEqual([404, 'model_not_found']);
        const large = new Uint8Array(60_000);
        large.set(zip.subarray(0, 4));
        expect(await refused(large, '?model=demo')).toEqual([413, 'input_too_large']);
        await until('nothing is kept', async () => (await stored(api, batchUploadPrefix)).length === 0);
      },
      { maxArchiveBytes: 50_000 },
    ));

  it('is kept once for all requests with one Idempotency-Key', () =>
    withApi(async (api) => {
      const send = (bytes: Uint8Array<ArrayBuffer>) => open(api, bytes, { 'idempotency-key': 'k' }, '?model=demo');
      const first = await send(zip);
      const again = await send(zip);
      expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
      expect(code(await send(new Uint8Array(rawZip([]))))).toEqual([422, 'idempotency_key_reused']);
      expect(await stored(api, batchUploadPrefix)).toHaveLength(1);
    }));
});

describe('an opening and its owner’s quotas', () => {
  const three = ['a', 'b', 'c'].map((name) => ({ url: `http://127.0.0.1:9/${name}.wav`, path: name }));
  const ofOwner = { quotas: { jobs: 2, bytes: null } };

  it('has room for all of its files, or is refused', () =>
    withApi(
      async (api) => {
        expect(code(await openItems(api, three))).toEqual([429, 'job_quota_exceeded']);
        expect((await openItems(api, three.slice(1))).status).toBe(201);
        expect(code(await openItems(api, three.slice(0, 1)))).toEqual([429, 'job_quota_exceeded']);
      },
      { ...allowed, ...ofOwner },
    ));

  it('counts by the owner’s own', () =>
    withApi(async (api) => {
      await ask(api, 'PUT', '/owners/local/limits', JSON.stringify({ quotaJobs: 2 }));
      expect(code(await openItems(api, three))).toEqual([429, 'job_quota_exceeded']);
    }, allowed));

  it('is there for a repeat, whatever the first request has used up', () =>
    withApi(
      async (api) => {
        const large = new Uint8Array(5 * 2 ** 20);
        large.set(zip.subarray(0, 4));
        const send = (key: string) => open(api, large, { 'idempotency-key': key }, '?model=demo');
        const first = await send('k');
        expect((await ask(api, 'POST', '/jobs?model=demo', recording)).status).toBe(202);
        const again = await send('k');
        expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
        expect(code(await send('other'))).toEqual([429, 'job_quota_exceeded']);
      },
      { quotas: { jobs: 1, bytes: null } },
    ));
});

describe('an opening that died halfway', () => {
  const key = { 'idempotency-key': 'k' };

  /** Undoes what a process that dies behind the first of two files has not done. */
  const dieBefore = (api: TestApi, { id }: BatchView, path: string): Promise<void> =>
    api.redis.ask(async (redis) => {
      const { batch, files, order, ends } = batchKeys(id);
      for (const hash of [files, ends]) await redis.hdel(hash, path);
      await redis.lrem(order, 0, path);
      await redis.hincrby(batch, 'total', -1);
      await redis.hdel(batch, 'closedAt');
      const [first = ''] = await redis.keys('{earshot}:idempotency:*');
      await redis.hset(first, { state: 'adding', till: 0 });
    });

  it('is told that its batch was closed meanwhile, if files are not in it', () =>
    withApi(async (api) => {
      const other = new Uint8Array(newRecording({ seconds: 0.2 }));
      const data = () =>
        form([
          ['model', 'demo'],
          ['file', recording, 'a'],
          ['file', other, 'b'],
        ]);
      const first = await open(api, data(), key);
      await dieBefore(api, first.body, 'b');
      await ask(api, 'POST', `/batches/${first.body.id}/close`);
      const again = await open(api, data(), key);
      expect([...code(again), again.body.detail]).toEqual([
        409,
        'batch_closed',
        expect.stringContaining(first.body.id),
      ]);
      expect((await results(api, first.body)).map(({ path }) => path)).toEqual(['a']);
    }));

  it('is told so of items as well, and each time', () =>
    withApi(async (api) => {
      const items = ['a', 'b'].map((path) => ({ url: `http://127.0.0.1:9/${path}`, path }));
      const first = await openItems(api, items, {}, key);
      for (const path of ['b', 'a']) {
        await dieBefore(api, first.body, path);
        await ask(api, 'POST', `/batches/${first.body.id}/close`);
        expect(code(await openItems(api, items, {}, key))).toEqual([409, 'batch_closed']);
      }
    }, allowed));

  it('goes on, with an upload that is no input any more as a file that has failed', () =>
    withApi(async (api) => {
      const items = [
        { url: 'http://127.0.0.1:9/a.wav', path: 'a' },
        { upload: await upload(api), path: 'b' },
      ];
      const first = await openItems(api, items, {}, key);
      await dieBefore(api, first.body, 'b');
      await api.store.put(uploadKey('local', items[1]!.upload!), Buffer.alloc(0), { contentType: 'audio/wav' });
      const again = await openItems(api, items, {}, key);
      expect([again.status, again.body.id, again.body.counts.failed]).toEqual([201, first.body.id, 1]);
      const lines = await results(api, first.body);
      expect(lines.map(({ path, error }) => [path, error?.code])).toEqual([
        ['a', undefined],
        ['b', 'empty_input'],
      ]);
    }, allowed));
});
