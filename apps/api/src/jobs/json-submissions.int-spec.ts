import { describe, expect, it } from '@jest/globals';
import { parseEgressAllow, readJobSnapshot } from '#jobs';
import { post, postJson } from '../../../../test/post-job.js';
import { inputsSettle, withApi } from '../../../../test/with-api.js';

const url = 'http://127.0.0.1:9/fan.wav';
const allowing = { egressAllow: parseEgressAllow('127.0.0.1') };

describe('POST /jobs with a body of JSON', () => {
  it('takes the same fields as a form, and an input that a worker is to fetch', () =>
    withApi(async (api) => {
      const fields = { model: 'demo', metadata: { line: 7 }, priority: 9, expiresIn: 600, timeout: 30 };
      const { status, body, headers } = await postJson(`${api.url}/jobs`, { ...fields, input: { url } });
      expect(status).toBe(202);
      expect(headers.get('location')).toBe(`/jobs/${body.id}`);
      expect(body).toMatchObject({
        status: 'queued',
        input: { filename: 'fan.wav', contentType: null, bytes: null, sha256: null },
        metadata: { line: 7 },
      });
      expect(JSON.stringify(body)).not.toContain(url);
      expect(await api.redis.ask((redis) => readJobSnapshot(redis, { label: 'cpu', jobId: body.id }))).toMatchObject({
        priority: 9,
        payload: { source: { url, kind: 'audio' }, timeoutMs: 30_000 },
      });
      expect((await fetch(`${api.url}/jobs/${body.id}/input`)).status).toBe(404);
    }, allowing));

  it('is taken for the model that a path names, and waited for', () =>
    withApi(async (api) => {
      const path = `${api.url}/models/demo/predict`;
      const { status, body } = await postJson(path, { input: { url }, expiresIn: 0.1 });
      expect([status, body['status']]).toEqual([200, 'expired']);
    }, allowing));

  it('refuses what cannot become a job', () =>
    withApi(async (api) => {
      const cases: [string, number, object][] = [
        ['address_not_allowed', 422, { model: 'demo', input: { url } }],
        ['address_not_allowed', 422, { model: 'demo', input: { url: 'http://[::ffff:169.254.169.254]/' } }],
        ['address_not_allowed', 422, { model: 'demo', input: { url: 'http://localhost/' } }],
        ['address_not_allowed', 422, { model: 'demo', input: { url: 'file:///etc/passwd' } }],
        ['address_unresolved', 422, { model: 'demo', input: { url: 'http://no-such-host.invalid/' } }],
        ['model_not_found', 404, { model: 'nope', input: { url } }],
        ['invalid_request', 400, { model: 'demo', input: { url }, priority: 'high' }],
        ['invalid_request', 400, { model: 'demo', input: { url }, colour: 'red' }],
        ['invalid_request', 400, { model: 'demo' }],
        ['invalid_request', 400, { model: 7, input: { url } }],
        ['invalid_request', 400, []],
      ];
      for (const [code, status, sent] of cases)
        expect(await postJson(`${api.url}/jobs`, sent)).toMatchObject({ status, body: { code } });
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      const broken = await post(`${api.url}/jobs`, { body: '{"model"', headers });
      expect([broken.status, broken.body.code]).toEqual([400, 'invalid_request']);
      const large = { model: 'demo', input: { url }, metadata: { x: 'x'.repeat(20_000) } };
      expect((await postJson(`${api.url}/jobs`, large)).status).toBe(400);
      await inputsSettle(api, 0);
    }));
});
