import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { putTestModel } from '../../../../test/model-record.js';
import { withApi } from '../../../../test/with-api.js';

interface Problem {
  status: number;
  code: string;
  instance: string;
}

/** A GET with headers that fetch would not send. */
async function getWith(url: string, headers: Record<string, string>): Promise<Problem> {
  const [response] = (await once(get(url, { headers }), 'response')) as [NodeJS.ReadableStream];
  return JSON.parse(await text(response)) as Problem;
}

describe('every request', () => {
  it('has an id, the caller’s own if it is a fair one, in the answer and the log', () =>
    withApi(async ({ url, log }) => {
      const answer = await fetch(`${url}/nope`, { headers: { 'x-request-id': 'trace-7' } });
      expect(answer.headers.get('x-request-id')).toBe('trace-7');
      expect((await fetch(`${url}/livez`)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(log.some((line) => line.includes('"requestId":"trace-7"') && line.includes('"status":404'))).toBe(true);
    }));

  it('is logged without its query and its headers', () =>
    withApi(async ({ url, log }) => {
      await fetch(`${url}/models?token=hunter2`, { headers: { authorization: 'Bearer hunter2' } });
      expect(log.some((line) => line.includes('"path":"/models"'))).toBe(true);
      expect(log.join('')).not.toContain('hunter2');
    }));

  it('is answered with headers that keep browsers from doing anything with it', () =>
    withApi(async ({ url }) => {
      for (const path of ['/livez', '/models', '/nope', '/jobs/%E0%A4%A']) {
        const { headers } = await fetch(url + path);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.get('x-request-id')).not.toBeNull();
      }
    }));

  it('is refused when it is not from this machine, whatever its route', () =>
    withApi(async ({ url }) => {
      for (const path of ['/jobs/x', '/livez', '/nope']) {
        const refusal = await getWith(url + path, { host: 'evil.example' });
        expect(refusal).toMatchObject({ status: 403, code: 'host_not_allowed', instance: path });
      }
      expect(await getWith(`${url}/livez`, { 'x-forwarded-for': '203.0.113.9' })).toMatchObject({ status: 403 });
      expect(await getWith(`${url}/livez`, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    }));
});

describe('a request that fits no route', () => {
  it.each([
    ['GET', '/', 404, 'route_not_found', null],
    ['GET', '/jobs/a/b', 404, 'route_not_found', null],
    ['PUT', '/jobs', 405, 'method_not_allowed', 'GET, HEAD, POST'],
    ['DELETE', '/models/demo', 405, 'method_not_allowed', 'GET, HEAD'],
    ['POST', '/livez', 405, 'method_not_allowed', 'GET, HEAD'],
    ['GET', '/jobs/%E0%A4%A', 400, 'invalid_request', null],
  ])('%s %s is answered with %i %s', (method, path, status, code, allow) =>
    withApi(async ({ url }) => {
      const answer = await fetch(url + path, { method });
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(answer.headers.get('allow')).toBe(allow);
      expect(await answer.json()).toMatchObject({ status, code, instance: path });
    }),
  );

  it('is a problem even when it is no HTTP', () =>
    withApi(async ({ url }) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.end('GARBAGE\r\n\r\n');
      const answer = await text(socket);
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(answer).toContain('"code":"invalid_request"');
      expect(answer).toContain('x-content-type-options: nosniff');
      expect(answer).toMatch(/^x-request-id: [0-9a-f-]{36}\r$/m);
    }));
});

describe('/models', () => {
  it('lists the highest version of each model, and gives each version', () =>
    withApi(async ({ url, store }) => {
      await putTestModel(store, 'demo', '1.2.0');
      await putTestModel(store, 'other', '0.1.0');
      const read = async (path: string): Promise<unknown> => (await fetch(url + path)).json();
      expect(await read('/models')).toMatchObject({
        models: [
          { name: 'demo', version: '1.2.0', versions: ['1.2.0', '1.0.0'] },
          { name: 'other', version: '0.1.0', versions: ['0.1.0'] },
        ],
      });
      expect(await read('/models/demo')).toMatchObject({ version: '1.2.0', input: { kind: 'audio' } });
      expect(await read('/models/demo/versions/1.0.0')).toMatchObject({ version: '1.0.0' });
      for (const path of ['/models/none', '/models/demo/versions/3.0.0'])
        expect(await read(path)).toMatchObject({ status: 404, code: 'model_not_found', instance: path });
    }));
});
