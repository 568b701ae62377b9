import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { answers, breakOff, json, problem } from '../../../test/http-answers.js';
import { withHttp } from '../../../test/with-http.js';
import { allOf, withClient } from '../../../test/with-client.js';
import { EarshotClient, EarshotProblem } from './index.js';

const apiKey = 'esk_secret';

describe('a client', () => {
  it('throws what an Earshot says is wrong, with what is at fault', () =>
    withClient(async ({ jobs }) => {
      const error: unknown = await jobs
        .submit({ model: 'demo', url: 'x', priority: 70 })
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(EarshotProblem);
      const { code, status, errors } = error as EarshotProblem;
      expect({ code, status }).toEqual({ code: 'invalid_request', status: 400 });
      expect(errors.map(({ pointer }) => pointer)).toContain('/priority');
    }));

  it('repeats what passes: outages, and limits for as long as it is asked to', () =>
    withHttp(
      answers(
        breakOff,
        problem(503, 'queue_unavailable', { 'retry-after': '0' }),
        problem(429, 'rate_limited', { 'retry-after': '0' }),
        json({ id: 'job_1' }),
      ),
      async ({ url, requests }) => {
        const troubles: (string | null)[] = [];
        const client = new EarshotClient(url, { patience: { onTrouble: (why) => troubles.push(why) } });
        expect(await client.jobs.submit({ model: 'demo', bytes: new Uint8Array(3) })).toEqual({ id: 'job_1' });
        expect(troubles).toEqual([expect.stringMatching(/^no Earshot answers at /), 'Not now.', 'Not now.', null]);
        const keys = requests.map(({ headers }) => headers['idempotency-key']);
        expect([new Set(keys).size, keys[0]]).toEqual([1, expect.stringMatching(/^[0-9a-f]{32}$/)]);
      },
    ));

  it('does not repeat what would be made twice, nor a stream', () =>
    withHttp(answers(problem(503, 'queue_unavailable')), async ({ url, requests }) => {
      const { keys, jobs } = new EarshotClient(url);
      await expect(keys.create({ owner: 'acme', scopes: ['read'] })).rejects.toThrow('Not now.');
      const stream = new Blob(['abc']).stream();
      await expect(jobs.submit({ model: 'demo', bytes: stream })).rejects.toThrow('Not now.');
      expect(requests).toHaveLength(2);
    }));

  it('sends its key, and follows a redirect to another host without it', () =>
    withHttp(answers(json({ label: 'seven' })), (store) =>
      withHttp(
        answers((response) => response.writeHead(302, { location: `${store.url}/object?signature=1` }).end()),
        async ({ url, requests }) => {
          const { jobs } = new EarshotClient(url, { apiKey });
          expect(await jobs.result('job_1')).toEqual({ label: 'seven' });
          expect(requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
          expect(JSON.stringify(store.requests[0]?.headers)).not.toContain(apiKey);
        },
      ),
    ));

  it('uploads to another host without its key', () =>
    withHttp(answers(json({})), (store) =>
      withHttp(
        answers(json({ id: 'upload_1', method: 'PUT', url: `${store.url}/object`, headers: { 'x-a': '1' } })),
        async ({ url }) => {
          const { uploads } = new EarshotClient(url, { apiKey });
          expect(await uploads.upload(new Blob(['abc']))).toBe('upload_1');
          const [put] = store.requests;
          expect([put?.method, put?.headers['x-a'], put?.headers['content-length']]).toEqual(['PUT', '1', '3']);
          expect(JSON.stringify(put?.headers)).not.toContain(apiKey);
        },
      ),
    ));

  it.each(['not an address', 'a key that cannot be sent'])('refuses %s, and does not show the key', (what) => {
    const make = () =>
      what === 'not an address' ? new EarshotClient('earshot') : new EarshotClient('http://a', { apiKey: 'a\nb' });
    expect(make).toThrow(TypeError);
    expect(make).not.toThrow(/a\nb/);
  });

  it('gives up when it is told to, and after the time it is given', () =>
    withHttp(
      answers(() => undefined),
      async ({ url }) => {
        const { jobs } = new EarshotClient(url, { timeoutMs: 50 });
        await expect(jobs.get('job_1')).rejects.toMatchObject({ name: 'TimeoutError' });
        const reason = new Error('enough');
        await expect(jobs.get('job_1', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      },
    ));

  it('takes up events where their stream broke off', () => {
    const first = 'retry: 1\n\nid: 1\nevent: status\ndata: {"status":"queued"}\n\n:\n\n';
    const stream = (text: string, end: (response: ServerResponse) => void) => (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text, () => end(response));
    };
    const last = 'id: 2\nevent: finished\ndata: {"id":"job_1"}\n\n';
    return withHttp(
      answers(
        stream(first, (response) => response.socket?.destroy()),
        stream(last, (response) => response.end()),
      ),
      async ({ url, requests }) => {
        const events = await allOf(new EarshotClient(url).jobs.events('job_1'));
        expect(events.map(({ id, type }) => [id, type])).toEqual([
          ['1', 'status'],
          ['2', 'finished'],
        ]);
        expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1']);
      },
    );
  });
});
