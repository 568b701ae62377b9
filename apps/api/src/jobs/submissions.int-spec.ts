import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { inputKey, readJobSnapshot } from '#jobs';
import { post, postForm, type Answer, type Part } from '../../../../test/post-job.js';
import { newRecording } from '../../../../test/recordings.js';
import { inputsSettle, withApi } from '../../../../test/with-api.js';

const recording = new Uint8Array(newRecording({ seconds: 0.2 }));
const sha256 = createHash('sha256').update(recording).digest('hex');
const png = new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));

const file: Part = ['file', recording, 'fan.wav'];
const model: Part = ['model', 'demo'];

describe('POST /jobs', () => {
  it('takes a raw body with the fields in the query', () =>
    withApi(async (api) => {
      const { status, headers, body } = await post(`${api.url}/jobs?model=demo&priority=9`, { body: recording });
      expect(status).toBe(202);
      expect(headers.get('location')).toBe(`/jobs/${body.id}`);
      expect(headers.get('retry-after')).toBe('1');
      expect(headers.get('preference-applied')).toBeNull();
      expect(body).toMatchObject({
        status: 'queued',
        model: { name: 'demo', version: '1.0.0' },
        input: { filename: null, contentType: 'audio/wav', bytes: recording.length, sha256 },
        queuePosition: 0,
        links: { self: `/jobs/${body.id}`, cancel: `/jobs/${body.id}/cancel` },
      });
      expect(body).not.toHaveProperty('owner');
      expect(await api.store.get(inputKey('local', body.id))).toEqual(Buffer.from(recording));
    }));

  it.each<[string, Part[]]>([
    ['before', [file, model, ['metadata', '{"line":7}']]],
    ['after', [model, ['metadata', '{"line":7}'], file]],
  ])('takes a form whose file comes %s the fields', (_order, parts) =>
    withApi(async (api) => {
      const { status, body } = await postForm(api.url, parts);
      expect(status).toBe(202);
      expect(body).toMatchObject({ input: { filename: 'fan.wav', sha256 }, metadata: { line: 7 } });
      expect(await api.redis.ask((redis) => readJobSnapshot(redis, { label: 'cpu', jobId: body.id }))).toMatchObject({
        payload: { timeoutMs: 300_000, expiresAt: null, groupLimit: 16 },
      });
    }),
  );

  it('refuses what cannot become a job, says why, and keeps none of it', () =>
    withApi(async (api) => {
      const cases: [string, number, Promise<Answer>][] = [
        ['model_not_found', 404, post(`${api.url}/jobs?model=nope`, { body: recording })],
        ['model_not_found', 404, postForm(api.url, [['model', 'nope'], file])],
        ['model_not_found', 404, postForm(api.url, [file, ['model', 'demo@2.0.0']])],
        ['empty_input', 400, post(`${api.url}/jobs?model=demo`, {})],
        ['empty_input', 400, postForm(api.url, [model, ['file', new Uint8Array(), 'empty.wav']])],
        ['input_type_mismatch', 415, post(`${api.url}/jobs?model=demo`, { body: png })],
        ['input_type_mismatch', 415, postForm(api.url, [['file', new Uint8Array(100), 'x.wav'], model])],
        ['invalid_request', 400, post(`${api.url}/jobs`, { body: recording })],
        ['invalid_request', 400, post(`${api.url}/jobs?model=demo&model=demo`, { body: recording })],
        ['invalid_request', 400, postForm(api.url, [model])],
        ['invalid_request', 400, postForm(api.url, [model, file, ['file', recording, 'b.wav']])],
        ['invalid_request', 400, postForm(api.url, [model, ['sound', recording, 'a.wav']])],
        ['invalid_request', 400, postForm(api.url, [file, model, ['priority', 'high']])],
      ];
      for (const [code, status, answer] of cases) {
        const { headers, ...problem } = await answer;
        expect(problem).toMatchObject({ status, body: { code, status, type: `urn:earshot:error:${code}` } });
        expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      }
      await inputsSettle(api, 0);
    }));

  it('says where a model goes beside a raw body, and how a file is sent in a form', () =>
    withApi(async (api) => {
      const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
      const taken = await post(`${api.url}/jobs?model=demo`, { body: recording, headers: urlencoded });
      expect(taken.status).toBe(202);
      const { status, body } = await post(`${api.url}/jobs?priority=x`, { body: 'model=demo', headers: urlencoded });
      expect([status, body.errors?.map(({ pointer }) => pointer)]).toEqual([400, ['/model', '/priority']]);
      expect(body['detail']).toContain('curl -F file=@FILE -F model=NAME');
      const text = await postForm(api.url, [model, ['file', 'fan.wav']]);
      expect([text.status, text.body['detail']]).toEqual([400, expect.stringContaining('-F file=@NAME')]);
    }));

  it('points at the faulty fields', () =>
    withApi(async (api) => {
      const { body } = await postForm(api.url, [file, ['priority', 'high'], ['timeout', '0']]);
      expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['/model', '/priority', '/timeout']);
    }));

  it.each([
    ['multipart/form-data', 'has no boundary'],
    ['multipart/form-data; boundary=x', 'ended before its last part'],
    [';;;', 'names no media type'],
  ])('refuses a form that is none (%s)', (type, words) =>
    withApi(async (api) => {
      const init = { body: 'no form at all', headers: { 'content-type': type } };
      const { status, body } = await post(`${api.url}/jobs`, init);
      expect(status).toBe(400);
      expect(body.code).toBe('invalid_request');
      expect(body['detail']).toContain(words);
    }),
  );
});

describe('a form of too many or strange parts', () => {
  it.each<[string, Part[]]>([
    ['more fields', Array.from({ length: 60 }, (_, i): Part => [`f${i}`, 'x'])],
    ['a name that no field has', [['__proto__', 'x']]],
  ])('is refused for having %s', (words, parts) =>
    withApi(async (api) => {
      const { status, body } = await postForm(api.url, [model, ...parts]);
      expect([status, body.code]).toEqual([400, 'invalid_request']);
      expect(body['detail']).toContain(words);
    }),
  );
});

describe('without Prefer: wait', () => {
  it('answers 202 and where to look, also when the job has ended already', () =>
    withApi(async (api) => {
      const { status, headers } = await postForm(api.url, [model, file, ['expiresIn', '0.001']]);
      expect(status).toBe(202);
      expect(headers.get('location')).toMatch(/^\/jobs\/job_/);
      expect(headers.get('retry-after')).toBe('1');
    }));
});

describe('Prefer: wait', () => {
  const wait = { prefer: 'wait=20' };

  it('answers 202 when the job is not done in time', () =>
    withApi(async (api) => {
      const { status, headers } = await postForm(api.url, [model, file], { prefer: 'wait=1' });
      expect(status).toBe(202);
      expect(headers.get('preference-applied')).toBe('wait=1');
      expect(headers.get('retry-after')).toBe('1');
    }));

  it('answers 200 with the job once it has ended', () =>
    withApi(async (api) => {
      const { status, headers, body } = await postForm(api.url, [model, file, ['expiresIn', '0.1']], wait);
      expect(status).toBe(200);
      expect(headers.get('preference-applied')).toBe('wait=20');
      expect(headers.get('retry-after')).toBeNull();
      expect(body).toMatchObject({ status: 'expired', error: { code: 'job_expired' } });
    }));

  it('does not keep the API from stopping', () =>
    withApi(async (api) => {
      const answer = postForm(api.url, [model, file], { prefer: 'wait=60' });
      await inputsSettle(api, 1);
      const before = performance.now();
      await api.close();
      expect(performance.now() - before).toBeLessThan(3000);
      expect((await answer).status).toBe(202);
    }));
});

describe('POST /models/{model}/predict', () => {
  it('submits for the model that the path names, and waits without being asked to', () =>
    withApi(async ({ url }) => {
      const path = `${url}/models/demo@1.0.0/predict`;
      const { status, headers, body } = await post(`${path}?expiresIn=0.1`, { body: recording });
      expect([status, headers.get('preference-applied')]).toEqual([200, 'wait=30']);
      expect(body).toMatchObject({ status: 'expired', model: { name: 'demo', version: '1.0.0' } });
      const sooner = await post(path, { body: recording, headers: { prefer: 'wait=1' } });
      expect([sooner.status, sooner.headers.get('preference-applied')]).toEqual([202, 'wait=1']);
    }));

  it('refuses a model that is not there, or named twice', () =>
    withApi(async ({ url }) => {
      const none = await post(`${url}/models/none/predict`, { body: recording });
      expect([none.status, none.body.code]).toEqual([404, 'model_not_found']);
      const twice = await post(`${url}/models/demo/predict?model=demo`, { body: recording });
      expect([twice.status, twice.body.code]).toEqual([400, 'invalid_request']);
    }));
});
