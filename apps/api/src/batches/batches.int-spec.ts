import { describe, expect, it } from '@jest/globals';
import { type BatchView, endFile, type EndOfFile, findBatch, finishBatch, inputKey } from '#jobs';
import { ask, code, linesOf } from '../../../../test/ask-batches.js';
import { newRecording } from '../../../../test/recordings.js';
import { inputsSettle, withApi, type TestApi } from '../../../../test/with-api.js';
import { withJobsAt } from '../../../../test/with-test-jobs.js';

const recording = new Uint8Array(newRecording({ seconds: 0.1 }));
const other = new Uint8Array(newRecording({ seconds: 0.2 }));
const succeeded: EndOfFile = { status: 'succeeded', at: 1, label: 'ok', score: 0.5 };

interface FileView {
  sha256: string;
  job: string | null;
  error: { code: string } | null;
  code?: string;
}

const openBatch = (api: TestApi, fields: object = { model: 'demo' }) =>
  ask<BatchView & { code?: string; errors?: unknown }>(api, 'POST', '/batches', JSON.stringify(fields));

const add = (api: TestApi, id: string, path: string, bytes = recording) =>
  ask<FileView>(api, 'POST', `/batches/${id}/files?path=${encodeURIComponent(path)}`, bytes);

const read = async (api: TestApi, id: string) => (await ask<BatchView>(api, 'GET', `/batches/${id}`)).body;

describe('POST /batches', () => {
  it('opens one, of one version of a model', () =>
    withApi(async (api) => {
      const { status, headers, body } = await openBatch(api, { model: 'demo', metadata: { site: 'mill' } });
      expect([status, headers.get('location')]).toEqual([201, `/batches/${body.id}`]);
      const counts = { total: 0, queued: 0, running: 0, succeeded: 0, failed: 0, canceled: 0, expired: 0 };
      expect(body).toMatchObject({ status: 'open', counts, reuse: true, metadata: { site: 'mill' }, finishedAt: null });
      expect(body.model).toMatchObject({ name: 'demo', version: '1.0.0' });
      const again = await ask<BatchView>(api, 'GET', body.links.self);
      expect([again.body, again.headers.get('retry-after')]).toEqual([body, '2']);
    }));

  it('opens one for all requests with one Idempotency-Key', () =>
    withApi(async (api) => {
      const openAs = async (key: string, fields: object): Promise<[number, string | undefined]> => {
        const init = { method: 'POST', headers: { 'idempotency-key': key }, body: JSON.stringify(fields) };
        const answer = await fetch(`${api.url}/batches`, init);
        const body = (await answer.json()) as { id?: string; code?: string };
        return [answer.status, body.id ?? body.code];
      };
      const first = await openAs('mill', { model: 'demo' });
      expect(first[0]).toBe(201);
      expect(await openAs('mill', { model: 'demo', reuse: true })).toEqual(first);
      expect(await openAs('mill', { model: 'demo', reuse: false })).toEqual([422, 'idempotency_key_reused']);
      expect((await openAs('fan', { model: 'demo' }))[1]).not.toBe(first[1]);
    }));

  it('says what is wrong with a request', () =>
    withApi(async (api) => {
      expect(code(await openBatch(api, { model: 'none' }))).toEqual([404, 'model_not_found']);
      const wrong = await openBatch(api, { metadata: [], priority: 10, nice: 1 });
      expect(code(wrong)).toEqual([400, 'invalid_request']);
      const pointers = (wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
      expect(pointers.sort()).toEqual(['/metadata', '/model', '/nice', '/priority']);
      expect(code(await ask(api, 'POST', '/batches', 'no json'))).toEqual([400, 'invalid_request']);
      expect(code(await ask(api, 'GET', '/batches/batch_x'))).toEqual([404, 'batch_not_found']);
    }));
});

describe('POST /batches/{id}/files', () => {
  it('takes a file once, and keeps its bytes for its job', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      const first = await add(api, id, 'mill/Lüfter 1.wav');
      const same = await add(api, id, 'mill/Lu\u0308fter 1.wav');
      expect([first.status, same.status, same.body.job]).toEqual([201, 200, first.body.job]);
      expect(code(await add(api, id, 'mill/Lüfter 1.wav', other))).toEqual([409, 'batch_file_differs']);
      await inputsSettle(api, 1);
      expect(await api.store.get(inputKey('local', first.body.job!))).toEqual(Buffer.from(recording));
      const job = await ask<{ batch: string; input: object; status: string }>(api, 'GET', `/jobs/${first.body.job}`);
      expect(job.body).toMatchObject({ batch: id, status: 'queued', input: { filename: 'Lüfter 1.wav' } });
      expect((await read(api, id)).counts).toMatchObject({ total: 1, queued: 1 });
    }));

  it('takes one of many that are sent under one path at once', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => add(api, id, 'a', i % 2 ? recording : other)),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses.filter((status) => status === 201)).toHaveLength(1);
      expect(statuses.filter((status) => status === 200)).toHaveLength(3);
      await inputsSettle(api, 1);
      expect((await read(api, id)).counts.total).toBe(1);
    }));

  it('counts what the model does not take as failed, and goes on', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      const bad = await add(api, id, 'notes.txt', new Uint8Array(Buffer.from('no recording')));
      expect([bad.status, bad.body.job, bad.body.error!.code]).toEqual([201, null, 'input_type_mismatch']);
      expect((await add(api, id, 'empty.wav', new Uint8Array())).body.error!.code).toBe('empty_input');
      expect((await add(api, id, 'good.wav')).body.error).toBeNull();
      await inputsSettle(api, 1);
      expect((await read(api, id)).counts).toMatchObject({ total: 3, queued: 1, failed: 2 });
    }));

  it('refuses paths that lead elsewhere, and files for a batch that is closed', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      for (const path of ['', '/a', 'a/', 'a//b', '../a', 'a/./b', 'a\nb', 'a'.repeat(1025)])
        expect(code(await add(api, id, path))).toEqual([400, 'invalid_request']);
      expect(code(await ask(api, 'POST', `/batches/${id}/files`, recording))).toEqual([400, 'invalid_request']);
      await ask(api, 'POST', `/batches/${id}/close`);
      expect(code(await add(api, id, 'late.wav'))).toEqual([409, 'batch_closed']);
      await inputsSettle(api, 0);
    }));

  it('answers a repeat that comes after the batch was closed', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      const { body } = await add(api, id, 'a.wav');
      await ask(api, 'POST', `/batches/${id}/close`);
      const again = await add(api, id, 'a.wav');
      expect([again.status, again.body.job]).toEqual([200, body.job]);
      expect(code(await add(api, id, 'a.wav', other))).toEqual([409, 'batch_file_differs']);
      await inputsSettle(api, 1);
    }));

  it('takes the file of a form, and refuses fields, parameters and bodies of JSON', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      const to = `/batches/${id}/files?path=a.wav`;
      const form = (fields: Record<string, string> = {}): FormData => {
        const parts = new FormData();
        for (const [name, value] of Object.entries(fields)) parts.append(name, value);
        parts.append('file', new Blob([Uint8Array.from(recording)]), 'b.wav');
        return parts;
      };
      const send = async (path: string, init: RequestInit) => {
        const answer = await fetch(`${api.url}${path}`, { method: 'POST', ...init });
        return { status: answer.status, body: (await answer.json()) as FileView & { errors?: unknown } };
      };
      const json = { headers: { 'content-type': 'application/json' }, body: '{"url":"https://hooks.example/a.wav"}' };
      expect((await send(to, json)).status).toBe(400);
      const refused = { status: 400, body: { errors: [{ pointer: '/model' }] } };
      expect(await send(to, { body: form({ model: 'demo' }) })).toMatchObject(refused);
      expect(await send(`${to}&model=demo`, { body: form() })).toMatchObject(refused);
      const taken = await send(to, { body: form() });
      expect([taken.status, taken.body.error]).toEqual([201, null]);
      expect((await add(api, id, 'a.wav')).status).toBe(200);
    }));
});

describe('the files of a batch', () => {
  it('are told in the order in which they came, as lines of JSON and as CSV', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      await add(api, id, 'b.wav');
      await add(api, id, 'a, 1.wav', other);
      const files = await linesOf<{ path: string }>(api, `/batches/${id}/files`);
      expect(files.map(({ path }) => path)).toEqual(['b.wav', 'a, 1.wav']);
      expect(Object.keys(files[0]!)).toEqual(['path', 'sha256', 'bytes']);
      await api.redis.ask((redis) => endFile(redis, id, 'b.wav', succeeded));
      expect(await linesOf(api, `/batches/${id}/results`)).toMatchObject([
        { path: 'b.wav', status: 'succeeded', label: 'ok', score: 0.5, error: null },
        { path: 'a, 1.wav', status: 'queued', label: null },
      ]);
      const csv = await fetch(`${api.url}/batches/${id}/results`, { headers: { accept: 'text/csv' } });
      expect(csv.headers.get('content-type')).toContain('text/csv');
      expect((await csv.text()).split('\r\n')[2]).toMatch(/^"a, 1.wav",queued,,,,,job_/);
    }));

  it('are told to have succeeded together with what was heard', () =>
    withApi((api) =>
      withJobsAt(api.redis.address, api.store, async (jobs) => {
        const { id } = (await openBatch(api)).body;
        await add(api, id, 'a.wav');
        await add(api, id, 'b.wav');
        await (await jobs.begin()).succeed();
        await jobs.cancel((await jobs.begin()).id);
        expect(await linesOf(api, `/batches/${id}/results`)).toMatchObject([
          { path: 'a.wav', status: 'running', label: null },
          { path: 'b.wav', status: 'canceled', error: { code: 'job_canceled' } },
        ]);
      }),
    ));

  it('are still there when Redis has forgotten the batch', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      await add(api, id, 'a.wav');
      await ask(api, 'POST', `/batches/${id}/close`);
      await api.redis.ask(async (redis) => {
        await endFile(redis, id, 'a.wav', succeeded);
        await finishBatch({ redis, store: api.store }, (await findBatch(redis, id))!, () => Promise.resolve());
        await redis.flushall();
      });
      expect(await read(api, id)).toMatchObject({ status: 'finished', counts: { total: 1, succeeded: 1 } });
      expect(await linesOf(api, `/batches/${id}/results`)).toMatchObject([{ path: 'a.wav', status: 'succeeded' }]);
      expect(await linesOf(api, `/batches/${id}/files`)).toMatchObject([{ path: 'a.wav' }]);
      expect(code(await ask(api, 'POST', `/batches/${id}/cancel`))).toEqual([409, 'batch_finished']);
    }));
});

describe('ending a batch', () => {
  it('cancels the files that wait', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      await Promise.all(['1', '2', '3'].map((path) => add(api, id, path)));
      await api.redis.ask((redis) => endFile(redis, id, '1', succeeded));
      const canceled = await ask<BatchView>(api, 'POST', `/batches/${id}/cancel`);
      expect([canceled.status, canceled.body.status]).toEqual([202, 'canceled']);
      expect(canceled.body.counts).toMatchObject({ total: 3, queued: 0, succeeded: 1, canceled: 2 });
      expect(code(await add(api, id, '4'))).toEqual([409, 'batch_closed']);
    }));

  it('closes it, as often as asked', () =>
    withApi(async (api) => {
      const { id } = (await openBatch(api)).body;
      await add(api, id, '1');
      expect((await ask<BatchView>(api, 'POST', `/batches/${id}/close`)).body.status).toBe('running');
      await api.redis.ask((redis) => endFile(redis, id, '1', succeeded));
      expect((await ask<BatchView>(api, 'POST', `/batches/${id}/close`)).body.status).toBe('finished');
    }));
});
