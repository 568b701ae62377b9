import { readFile } from 'node:fs/promises';
import { request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { builtInModels } from './bundles.js';
import { EarshotCommand } from './cli/earshot-command.js';
import { hasRadosgw, withRadosgw } from './radosgw.js';
import { withHttp } from './with-http.js';
import { withService } from './with-service.js';

const recording = new Uint8Array(await readFile(new URL('../samples/seven-rms.wav', import.meta.url)));
const key = 'k'.repeat(32);
const testMs = 120_000;

/** Hands requests on as they are, as what stands before an S3 API of one's own does. */
function passOn(endpoint: string, { url, method, headers }: IncomingMessage, response: ServerResponse): void {
  const passed = sendRequest(new URL(url ?? '/', endpoint), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy()).end();
}

(hasRadosgw ? describe : describe.skip)('with an S3 store that clients reach', () => {
  it(
    'inputs and results are handed out by it, and it is never sent the API’s key',
    () =>
      withRadosgw(async (s3) => {
        const bucket = await s3.newBucket();
        const front = (request: IncomingMessage, response: ServerResponse) =>
          passOn(bucket['EARSHOT_S3_ENDPOINT'] ?? '', request, response);
        await withHttp(front, (http) => {
          const keys = { EARSHOT_AUTH: 'keys', EARSHOT_ADMIN_KEY: key };
          const settings = { ...bucket, ...keys, EARSHOT_S3_PUBLIC_ENDPOINT: http.url, EARSHOT_MODELS: builtInModels };
          return withService(settings, async (service) => {
            await service.startWorker();
            const { url } = service;
            const headers = { authorization: `Bearer ${key}`, prefer: 'wait=60' };
            const form = new FormData();
            form.set('model', 'spoken-digits');
            form.set('file', new Blob([recording]), 'siebte „Sieben“.wav');
            const answer = await fetch(`${url}/jobs`, { method: 'POST', headers, body: form });
            const job = (await answer.json()) as { id: string; status: string };
            expect(job.status).toBe('succeeded');

            const at = (path: string, init: RequestInit = {}) =>
              fetch(`${url}/jobs/${job.id}${path}`, { headers, redirect: 'manual', ...init });
            const redirect = await at('/input');
            expect([redirect.status, redirect.headers.get('cache-control')]).toEqual([302, 'no-store']);
            const location = redirect.headers.get('location') ?? '';
            expect(location.startsWith(`${http.url}/`)).toBe(true);
            expect(Number(new URL(location).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(300);
            const input = await fetch(location);
            expect(new Uint8Array(await input.arrayBuffer())).toEqual(recording);
            expect(Object.fromEntries(input.headers)).toMatchObject({
              'content-type': 'audio/wav',
              'content-disposition':
                `attachment; filename="siebte _Sieben_.wav"; ` +
                `filename*=UTF-8''siebte%20%E2%80%9ESieben%E2%80%9C.wav`,
            });

            const result = await at('/result', { redirect: 'follow' });
            expect([result.url.startsWith(http.url), await result.json()]).toMatchObject([true, { label: 'seven' }]);
            const head = await at('/input', { method: 'HEAD' });
            expect([head.status, head.headers.get('content-length')]).toEqual([200, String(recording.length)]);

            const command = new EarshotCommand(['jobs', 'result', job.id], { EARSHOT_URL: url, EARSHOT_API_KEY: key });
            expect(await command.exitCode()).toBe(0);
            expect(JSON.parse(command.output)).toMatchObject({ label: 'seven' });

            expect(http.requests).toHaveLength(3);
            for (const { headers: sent } of http.requests) expect(JSON.stringify(sent)).not.toContain(key);

            expect((await at('', { method: 'DELETE' })).status).toBe(204);
            for (const path of ['/input', '/result']) expect((await at(path)).status).toBe(404);
          });
        });
      }),
    testMs,
  );
});
