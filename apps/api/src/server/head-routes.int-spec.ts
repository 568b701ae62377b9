import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { newRecording } from '../../../../test/recordings.js';
import { until } from '../../../../test/until.js';
import { withApi, type TestApi } from '../../../../test/with-api.js';
import { withJobsAt } from '../../../../test/with-test-jobs.js';
import { addHeadRoutes } from './head-routes.js';

const recording = new Uint8Array(newRecording({ seconds: 0.1 }));
/** What differs from one request to the next, or belongs to the connection. */
const ofOneRequest = ['date', 'x-request-id', 'connection', 'keep-alive', 'transfer-encoding'];
/** Which changes by being asked for. */
const changing = ['/metrics'];

async function ask(url: string, method: 'GET' | 'HEAD') {
  const leaving = new AbortController();
  const { status, headers } = await fetch(url, { method, signal: leaving.signal });
  leaving.abort();
  return { status, headers: Object.fromEntries([...headers].filter(([name]) => !ofOneRequest.includes(name))) };
}

/** A job that has ended, in the archive. */
async function finishJob(api: TestApi): Promise<string> {
  await fetch(`${api.url}/jobs?model=demo`, { method: 'POST', body: recording });
  return withJobsAt(api.redis.address, api.store, async (jobs) => {
    const { id, succeed } = await jobs.begin();
    await succeed();
    await jobs.archive(id);
    return id;
  });
}

describe('HEAD', () => {
  it('says of every route what GET says of it', () =>
    withApi(async (api) => {
      const id = await finishJob(api);
      const paths = api.routes.filter(({ method }) => method === 'GET').map(({ pattern }) => pattern);
      expect(paths.length).toBeGreaterThan(20);
      for (const pattern of paths.filter((path) => !changing.includes(path))) {
        const values: Record<string, string> = { id, name: 'demo', version: '1.0.0' };
        const url = api.url + pattern.replace(/:(\w+)/g, (_, name: string) => values[name] ?? 'none');
        expect({ pattern, ...(await ask(url, 'HEAD')) }).toEqual({ pattern, ...(await ask(url, 'GET')) });
      }
      const input = await ask(`${api.url}/jobs/${id}/input`, 'HEAD');
      expect(input).toMatchObject({ status: 200, headers: { 'content-length': String(recording.length) } });
    }));

  it('makes nothing: a route whose GET submits a job does not take it', () =>
    withApi(
      async ({ url, routes }) => {
        const answer = await fetch(`${url}/v1/predict?image_url=http://127.0.0.1:9/`, { method: 'HEAD' });
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
        expect(await (await fetch(`${url}/jobs`)).json()).toMatchObject({ jobs: [] });
        const without = routes.filter(({ method, pattern }) => {
          const hasHead = routes.some((other) => other.method === 'HEAD' && other.pattern === pattern);
          return method === 'GET' && !hasHead;
        });
        expect(without.map(({ pattern }) => pattern)).toEqual(['/v1/predict']);
      },
      { legacyRoutes: [{ name: 'v1', model: 'demo', owner: 'local' }] },
    ));

  it('reads no stream, whether it ends or not', async () => {
    const server = fastify({ exposeHeadRoutes: false });
    let [read, closed] = [0, 0];
    addHeadRoutes(server);
    server.get('/endless', () => {
      const stream = new Readable({ read: () => void stream.push(String((read += 1))) });
      return stream.on('close', () => (closed += 1));
    });
    try {
      const url = await server.listen({ port: 0 });
      for (let i = 0; i < 3; i++) expect((await fetch(`${url}/endless`, { method: 'HEAD' })).status).toBe(200);
      await until('all are closed', () => closed === 3);
      expect(read).toBe(0);
    } finally {
      await server.close();
    }
  });
});
