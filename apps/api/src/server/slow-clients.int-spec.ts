import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { newRecording } from '../../../../test/recordings.js';
import { SlowUpload } from '../../../../test/slow-upload.js';
import { until } from '../../../../test/until.js';
import { withApi, type TestApi } from '../../../../test/with-api.js';

const short = { timeouts: { headersMs: 300, stalledMs: 300 } };
/** For clients of the test's own process, which may be busy for longer than that. */
const stalled = { timeouts: { headersMs: 10_000, stalledMs: 300 } };

function open({ url }: TestApi): Socket {
  return connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true }).on(
    'error',
    () => undefined,
  );
}

async function answerTo(api: TestApi, request: string): Promise<string> {
  const socket = open(api);
  socket.write(request);
  return text(socket).finally(() => socket.destroy());
}

describe('a client that is slow', () => {
  it.each([
    ['nothing', ''],
    ['half a line', 'GET /livez HT'],
    ['headers without an end', 'GET /livez HTTP/1.1\r\nHost: localhost\r\n'],
  ])('is answered and cut off when it has sent %s', (_what, begun) =>
    withApi(async (api) => {
      const answer = await answerTo(api, begun);
      expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
      expect(answer).toContain('"code":"request_timeout"');
    }, short),
  );

  it('is cut off while it sends a header now and then', () =>
    withApi(async (api) => {
      const socket = open(api);
      const ended = new Promise((resolve) => socket.resume().once('close', resolve));
      socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n');
      const dripping = setInterval(() => socket.write('X-Drip: 1\r\n'), 50);
      await ended.finally(() => clearInterval(dripping));
    }, short));

  it('is cut off when it does not send the small body that it announced', () =>
    withApi(async (api) => {
      const head = `DELETE /jobs/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n`;
      const answer = await answerTo(api, head);
      expect(answer).toMatch(/^HTTP\/1\.1 40/);
    }, short));

  it('may take for an upload as long as it likes while bytes come', () =>
    withApi(async ({ url }) => {
      const recording = newRecording({ seconds: 0.1 });
      const upload = new SlowUpload(`${url}/jobs?model=demo`, { 'content-length': recording.length });
      const size = Math.ceil(recording.length / 12);
      // Longer in all than the times above.
      for (let sent = 0; sent < recording.length; sent += size) {
        await upload.send(recording.subarray(sent, sent + size));
        await delay(100);
      }
      expect((await upload.answer()).status).toBe(202);
    }, short));

  it('does not hold the store’s stream when it takes no more of an answer', () =>
    withApi(async (api) => {
      const bytes = Buffer.concat([newRecording({ seconds: 0.1 }), Buffer.alloc(24 * 2 ** 20)]);
      const answer = await fetch(`${api.url}/jobs?model=demo`, { method: 'POST', body: bytes });
      expect(answer.status).toBe(202);
      const { id } = (await answer.json()) as { id: string };
      const socket = open(api).pause();
      socket.write(`GET /jobs/${id}/input HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      const line = await until('the request has ended', () =>
        api.log.find((logged) => logged.includes(`/jobs/${id}/input`)),
      );
      expect(line).toContain('client left');
      socket.destroy();
    }, stalled));
});

describe('a request that is too large', () => {
  it('is answered with what is too large', () =>
    withApi(async (api) => {
      const long = 'x'.repeat(20_000);
      for (const head of [
        `GET /${long} HTTP/1.1\r\nHost: localhost`,
        `GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Y: ${long}`,
      ]) {
        const answer = await answerTo(api, `${head}\r\n\r\n`);
        expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
        expect(answer).toContain('"code":"headers_too_large"');
      }
      const answer = await fetch(`${api.url}/jobs/${'x'.repeat(201)}`);
      expect(await answer.json()).toMatchObject({ status: 414, code: 'uri_too_long' });
      expect((await fetch(`${api.url}/jobs/${'x'.repeat(200)}`)).status).toBe(404);
    }));
});
