import { describe, expect, it } from '@jest/globals';
import { codeOf } from '../../../../test/code-of.js';
import { newRecording } from '../../../../test/recordings.js';
import { until } from '../../../../test/until.js';
import { inputsSettle, withApi } from '../../../../test/with-api.js';
import { withKeys } from '../../../../test/with-keys.js';
import type { LegacyRoute } from './legacy-routes.js';

const legacyRoutes: LegacyRoute[] = [
  { name: 'index' },
  { name: 'inference', model: 'demo', owner: 'acme' },
  { name: 'predict', model: 'none', owner: 'acme' },
  { name: 'v1', model: 'demo', owner: 'acme' },
];
const recording = new Uint8Array(newRecording({ seconds: 0.1 }));

function formOf(...parts: [name: string, bytes: Uint8Array<ArrayBuffer> | string][]): FormData {
  const form = new FormData();
  for (const [name, value] of parts)
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([value]), 'a.wav');
  return form;
}

describe('a route of an older server', () => {
  it('does not exist unless it is switched on', () =>
    withApi(
      async ({ url }) => {
        const paths = ['/', '/inference', '/predictlabel', '/api/predictlabel', '/v1/predict'];
        for (const path of paths)
          for (const method of ['GET', 'POST'])
            expect([path, await codeOf(await fetch(url + path, { method }))]).toEqual([path, [404, 'route_not_found']]);
        expect(await codeOf(await fetch(`${url}/predict`))).toEqual([405, 'method_not_allowed']);
      },
      { legacyRoutes: [{ name: 'predict', model: 'demo', owner: 'local' }] },
    ));

  it.each([
    ['*/*', 200],
    ['text/plain', 200],
    ['application/json, text/plain;q=0.5', 200],
    ['application/json', 404],
    ['text/html', 404],
  ])('says to those who accept %s that the server is up, or nothing', (accept, status) =>
    withApi(
      async ({ url }) => {
        const answer = await fetch(url, { headers: { accept } });
        expect(answer.status).toBe(status);
        if (status === 200) expect(await answer.text()).toBe('server is up');
      },
      { legacyRoutes },
    ),
  );

  it('says 503 while its model is not registered, and keeps no bytes', () =>
    withApi(
      async (api) => {
        const answer = await fetch(`${api.url}/predict`, { method: 'POST', body: formOf(['file', recording]) });
        expect(answer.headers.get('retry-after')).toBe('2');
        expect(await codeOf(answer)).toEqual([503, 'model_missing']);
        await inputsSettle(api, 0);
      },
      { legacyRoutes },
    ));

  it('takes a form with its file, and nothing that asks for more', () =>
    withApi(
      async (api) => {
        const submission = JSON.stringify({
          input: { url: 'https://example.com/a.wav' },
          webhook: 'https://a.example',
        });
        const json = { 'content-type': 'application/json' };
        const cases: [body: RequestInit['body'], headers: Record<string, string>, expected: [number, string]][] = [
          [null, {}, [400, 'invalid_request']],
          [recording, { 'content-type': 'audio/wav' }, [400, 'invalid_request']],
          [submission, json, [400, 'invalid_request']],
          [formOf(['file', 'text']), {}, [400, 'invalid_request']],
          [formOf(['image', recording]), {}, [400, 'invalid_request']],
          [formOf(['file', new Uint8Array()]), {}, [400, 'empty_input']],
          [formOf(['file', new TextEncoder().encode('no recording')]), {}, [415, 'input_type_mismatch']],
        ];
        for (const [body, headers, expected] of cases)
          expect(await codeOf(await fetch(`${api.url}/inference`, { method: 'POST', body, headers }))).toEqual(
            expected,
          );
        await inputsSettle(api, 0);
      },
      { legacyRoutes },
    ));

  it('takes an address that may be connected to, or an image that is one', () =>
    withApi(
      async ({ url }) => {
        const get = async (query: string) => codeOf(await fetch(`${url}/v1/predict${query}`));
        expect(await get('')).toEqual([400, 'invalid_request']);
        expect(await get('?image_url=a&image_url=b')).toEqual([400, 'invalid_request']);
        expect(await get('?image_url=file:///etc/passwd')).toEqual([422, 'address_not_allowed']);
        expect(await get('?image_url=http://169.254.169.254/latest/')).toEqual([422, 'address_not_allowed']);
        const post = async (body: string) => codeOf(await fetch(`${url}/v1/predict`, { method: 'POST', body }));
        for (const body of ['', '[]', '{}', '{"image": 1}', '{"image": "iVBORw=="}'])
          expect([body, await post(body)]).toEqual([body, [400, 'invalid_request']]);
        expect(await post('{"image": "data:image/png;base64,iVBORw=="}')).toEqual([415, 'input_type_mismatch']);
      },
      { legacyRoutes },
    ));

  it('needs no key, counts for its owner, whose jobs are seen by nobody else, and cancels what nobody waits for', () =>
    withKeys(
      async ({ url, send, newKey }) => {
        const { key } = await newKey('acme');
        const jobsOf = async (of?: string) =>
          ((await (await send('/jobs', {}, of)).json()) as { jobs: { status: string; metadata: object }[] }).jobs;
        const leaving = new AbortController();
        const body = formOf(['webhook', 'https://a.example'], ['other', recording], ['file', recording]);
        const left = fetch(`${url}/inference?model=x`, { method: 'POST', body, signal: leaving.signal });
        left.catch(() => undefined);
        await until('its job is queued', async () => (await jobsOf(key)).length === 1);
        leaving.abort();
        await expect(left).rejects.toThrow();
        await until('the job is canceled', async () => (await jobsOf(key))[0]?.status === 'canceled');
        expect(await jobsOf()).toEqual([]);
        const codes: unknown[] = [];
        await until('there have been too many', async () => {
          const [, code] = await codeOf(await fetch(`${url}/predict`, { method: 'POST', body: formOf() }));
          codes.push(code);
          return code === 'rate_limited';
        });
        expect(codes[0]).toBe('model_missing');
      },
      { legacyRoutes, rateLimit: { requests: 200, windowSeconds: 3600 } },
    ));
});
