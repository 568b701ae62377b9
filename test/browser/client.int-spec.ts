import { readFile } from 'node:fs/promises';
import { request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { json as readJson } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { freeUrl } from '../free-url.js';
import { until } from '../until.js';
import { withApi } from '../with-api.js';
import { withHttp } from '../with-http.js';
import { hasChromium, withPage } from './chromium.js';

const recording = await readFile('samples/seven-rms.wav');

async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['test/browser/client.page.ts'],
    ...{ bundle: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' },
    conditions: ['earshot-source'],
  });
  return outputFiles[0]!.text;
}

/** What a server before an Earshot does that has pages of its own: so the page and the API are of one origin. */
function passOn(api: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = request;
  const passed = sendRequest(new URL(request.url ?? '/', api), { method, headers }, (answer) => {
    answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
  });
  response.on('close', () => passed.destroy());
  passed.on('error', () => response.destroy());
  request.pipe(passed);
}

(hasChromium ? describe : describe.skip)('in a browser', () => {
  it('the client submits, uploads, follows, streams and is told what is wrong', () =>
    withApi(async (api) => {
      const [script, nobody] = [await bundlePage(), await freeUrl()];
      let told: unknown;
      const serve = (request: IncomingMessage, response: ServerResponse) => {
        const send = (type: string, body: string | Buffer) =>
          response.writeHead(200, { 'content-type': type }).end(body);
        if (request.url === '/') send('text/html', `<script type="module" src="/page.js?nobody=${nobody}"></script>`);
        else if (request.url?.startsWith('/page.js')) send('text/javascript', script);
        else if (request.url === '/recording.wav') send('audio/wav', recording);
        else if (request.url === '/outcome')
          void readJson(request).then((outcome) => {
            told = outcome;
            send('text/plain', '');
          });
        else passOn(api.url, request, response);
      };
      await withHttp(serve, ({ url }) =>
        withPage(url, async () =>
          expect(await until('the page has told', () => told, 30_000)).toEqual({
            ...{ filename: 'seven.wav', metadata: { line: 7 }, uploaded: 'queued', event: 'status' },
            files: [{ path: 'line 7/ä.wav', bytes: recording.length }],
            ...{ inputBytes: recording.length, canceled: 'canceled' },
            ...{ problem: 'job_not_found', nobody: true },
          }),
        ),
      );
    }));
});
