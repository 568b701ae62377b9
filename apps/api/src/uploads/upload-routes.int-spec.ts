import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { inputKey, readJobSnapshot, uploadKey } from '#jobs';
import { post, postJson } from '../../../../test/post-job.js';
import { newRecording } from '../../../../test/recordings.js';
import { inputsSettle, withApi, type TestApi } from '../../../../test/with-api.js';

const recording = new Uint8Array(newRecording({ seconds: 0.2 }));
const bytes = recording.length;

interface Opened {
  id: string;
  url: string;
  headers: Record<string, string>;
}

async function open(api: TestApi): Promise<Opened> {
  const { status, body } = await postJson(`${api.url}/uploads`, { bytes, contentType: 'audio/wav' });
  expect(status).toBe(201);
  return body as unknown as Opened;
}

async function put(api: TestApi, url: string, body: RequestInit['body'] = recording): Promise<[number, unknown]> {
  const init = { method: 'PUT', body, headers: { 'content-type': 'audio/wav' }, duplex: 'half' };
  const answer = await fetch(api.url + url, init as RequestInit);
  const said = (await answer.json()) as { code?: string };
  return [answer.status, said.code];
}

const submit = (api: TestApi, upload: string, headers = {}) =>
  postJson(`${api.url}/jobs`, { model: 'demo', input: { upload, filename: 'fan.wav' } }, headers);

describe('POST /uploads', () => {
  it('gives an address that takes the bytes once, and a job its input', () =>
    withApi(async (api) => {
      const { id, url, headers } = await open(api);
      expect(headers).toEqual({ 'content-type': 'audio/wav' });
      expect(await put(api, url)).toEqual([200, undefined]);
      const { status, body } = await submit(api, id);
      expect([status, body['input']]).toEqual([202, { filename: 'fan.wav', contentType: null, bytes, sha256: null }]);
      const snapshot = await api.redis.ask((redis) => readJobSnapshot(redis, { label: 'cpu', jobId: body.id }));
      expect(snapshot?.payload.source).toEqual({ url: null, kind: 'audio' });
      // What happens to the upload is nothing to the job.
      await api.store.delete(uploadKey('local', id));
      expect(await api.store.get(inputKey('local', body.id))).toEqual(Buffer.from(recording));
      expect(await put(api, url)).toEqual([403, 'upload_link_refused']);
    }));

  it('says in plain words what is wrong', () =>
    withApi(async (api) => {
      const detailFor = async (asked: object) =>
        (await postJson(`${api.url}/uploads`, { bytes: 5, ...asked })).body['detail'];
      expect(await detailFor({ contentType: 7 })).toBe('Correct these fields: /contentType must be a text.');
      const long = `audio/${'x'.repeat(100)}`;
      expect(await detailFor({ contentType: long })).toContain('/contentType must have at most 100 characters');
    }));

  it('refuses what it cannot give an address for', () =>
    withApi(
      async (api) => {
        const cases: [number, string, unknown][] = [
          [413, 'input_too_large', { bytes: 100_001 }],
          [400, 'invalid_request', { bytes: 0 }],
          [400, 'invalid_request', { bytes: 1.5 }],
          [400, 'invalid_request', { bytes: '5' }],
          [400, 'invalid_request', { bytes: 5, contentType: 'audio' }],
          [400, 'invalid_request', { bytes: 5, name: 'x' }],
          [400, 'invalid_request', {}],
        ];
        for (const [status, code, body] of cases)
          expect(await postJson(`${api.url}/uploads`, body)).toMatchObject({ status, body: { code } });
      },
      { maxUploadBytes: 100_000 },
    ));
});

describe('PUT /uploads/{id}', () => {
  it('takes exactly the bytes that were announced, and may be tried again after it failed', () =>
    withApi(async (api) => {
      const { id, url } = await open(api);
      const streamed = (sent: Uint8Array<ArrayBuffer>) => new Blob([sent]).stream();
      for (const wrong of [recording.subarray(1), new Uint8Array(bytes + 1), streamed(new Uint8Array(bytes + 1))])
        expect(await put(api, url, wrong)).toEqual([400, 'invalid_request']);
      expect(await put(api, url, streamed(recording.slice(1)))).toEqual([400, 'invalid_request']);
      expect(await submit(api, id)).toMatchObject({ status: 404, body: { code: 'upload_not_found' } });
      expect(await put(api, url, streamed(recording))).toEqual([200, undefined]);
      expect((await submit(api, id)).status).toBe(202);
    }));

  it('takes no address that was changed, is over, or belongs to another upload', () =>
    withApi(async (api) => {
      const { url, id } = await open(api);
      const other = await open(api);
      const forged = [
        url.replace(`bytes=${bytes}`, `bytes=${bytes + 1}`),
        url.replace('owner=local', 'owner=other'),
        url.replace(/expires=\d+/, `expires=${Date.now() + 10 ** 9}`),
        url.replace(/signature=(.)/, (_, first) => `signature=${first === '-' ? '_' : '-'}`),
        url.replace(id, other.id),
        `/uploads/${id}`,
      ];
      for (const address of forged) expect(await put(api, address)).toEqual([403, 'upload_link_refused']);
      const now = Date.now;
      Date.now = () => now() + 16 * 60_000;
      try {
        expect(await put(api, url)).toEqual([403, 'upload_link_refused']);
      } finally {
        Date.now = now;
      }
      expect(await put(api, url)).toEqual([200, undefined]);
    }));

  it('lets one of many at once use the address', () =>
    withApi(async (api) => {
      const { url } = await open(api);
      const answers = await Promise.all(Array.from({ length: 5 }, () => put(api, url)));
      expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
    }));
});

describe('a job of an upload', () => {
  it('is refused without one, and leaves nothing when it is refused', () =>
    withApi(async (api) => {
      const { id, url } = await open(api);
      for (const upload of [id, 'upload_1', '../inputs/x', randomUUID()])
        expect(await submit(api, upload)).toMatchObject({ status: 404, body: { code: 'upload_not_found' } });
      await put(api, url);
      const wrong = { model: 'nope', input: { upload: id } };
      expect((await postJson(`${api.url}/jobs`, wrong)).status).toBe(404);
      await inputsSettle(api, 0);
    }));

  it('is made once for an Idempotency-Key', () =>
    withApi(async (api) => {
      const { id, url } = await open(api);
      await put(api, url);
      const headers = { 'idempotency-key': randomUUID() };
      const first = await submit(api, id, headers);
      await api.store.delete(uploadKey('local', id));
      expect((await submit(api, id, headers)).body).toEqual(first.body);
      const raw = await post(`${api.url}/jobs?model=demo`, { body: recording, headers });
      expect(raw.body.code).toBe('idempotency_key_reused');
      await inputsSettle(api, 1);
    }));
});
