import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { builtInModels } from './bundles.js';
import { postJson } from './post-job.js';
import { until } from './until.js';
import { hasRadosgw, withRadosgw } from './radosgw.js';
import { withHttp, type TestHttp } from './with-http.js';
import { withService, type Service } from './with-service.js';

/** One compute process, which takes a job at a time until it has measured any. */
const settings = {
  EARSHOT_MODELS: builtInModels,
  EARSHOT_EGRESS_ALLOW: '127.0.0.1',
  EARSHOT_COMPUTE_PROCESSES: '1',
  EARSHOT_LOCK_SECONDS: '2',
  EARSHOT_MAX_UPLOAD_BYTES: '1000000',
};
const recording = await readFile(new URL('../samples/seven-rms.wav', import.meta.url));

interface Job {
  id: string;
  status: string;
  input: { filename: string | null; contentType: string | null; bytes: number | null; sha256: string | null };
  result: { label: string; provenance: { inputSha256: string } } | null;
  error: { code: string; detail: string } | null;
}

/** A server: `/seven.wav` has the recording, `/never` begins to answer, `/flaky` does so only the second time. */
function withRecordings(run: (service: Service, http: TestHttp) => Promise<void>): Promise<void> {
  let asked = 0;
  const statuses: Record<string, number> = { '/none': 404, '/large': 200, '/text': 200, '/loop': 302 };
  return withHttp(
    ({ url = '' }, response) => {
      if (url === '/seven.wav' || (url === '/flaky' && asked++ > 0)) response.end(recording);
      else if (url === '/flaky') response.writeHead(503).end();
      else if (url === '/never') response.writeHead(200).write(recording.subarray(0, 1000));
      else if (url === '/moved') response.writeHead(302, { location: '/seven.wav' }).end();
      else if (url === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end();
      else if (url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else if (url === '/large') response.end(Buffer.alloc(1_000_001));
      else response.writeHead(statuses[url] ?? 500).end('no recording');
    },
    (http) =>
      withService(settings, async (service) => {
        await service.startWorker();
        await run(service, http);
      }),
  );
}

async function submit(service: Service, url: string, fields: object = {}): Promise<string> {
  const answer = await postJson(`${service.url}/jobs`, { model: 'spoken-digits', input: { url }, ...fields });
  expect(answer.status).toBe(202);
  return answer.body.id;
}

async function read(service: Service, id: string): Promise<Job> {
  return (await (await fetch(`${service.url}/jobs/${id}`)).json()) as Job;
}

const end = (service: Service, id: string): Promise<Job> =>
  until(
    `${id} has ended`,
    async () => {
      const job = await read(service, id);
      return ['queued', 'running'].includes(job.status) ? null : job;
    },
    40_000,
  );

describe('an input that is named by its address', () => {
  it('is fetched and computed, also when the address redirects', () =>
    withRecordings(async (service, { url }) => {
      for (const path of ['/seven.wav', '/moved']) {
        const job = await end(service, await submit(service, url + path));
        const input = {
          contentType: 'audio/wav',
          bytes: recording.length,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        };
        expect(job).toMatchObject({ status: 'succeeded', input, result: { label: 'seven' } });
        expect(job.result?.provenance.inputSha256).toBe(job.input.sha256);
        const stored = await fetch(`${service.url}/jobs/${job.id}/input`);
        expect(Buffer.from(await stored.arrayBuffer())).toEqual(recording);
      }
    }));

  it('fails with a code that says why, and what was fetched can be looked at', () =>
    withRecordings(async (service, { url }) => {
      const cases = { '/none': 'input_refused', '/loop': 'input_refused', '/inside': 'address_not_allowed' };
      const others = { '/large': 'input_too_large', '/text': 'input_type_mismatch' };
      for (const [path, code] of Object.entries({ ...cases, ...others })) {
        const job = await end(service, await submit(service, url + path));
        expect({ path, status: job.status, code: job.error?.code }).toEqual({ path, status: 'failed', code });
        const stored = await fetch(`${service.url}/jobs/${job.id}/input`);
        expect([path, stored.status]).toEqual([path, path === '/text' ? 200 : 404]);
      }
    }));

  it('is tried again when its server cannot serve it now', () =>
    withRecordings(async (service, { url, requests }) => {
      const job = await end(service, await submit(service, `${url}/flaky`));
      expect(job.status).toBe('succeeded');
      expect(requests).toHaveLength(2);
    }));

  it('keeps no other job waiting while its server takes its time, and is given up when it is canceled', () =>
    withRecordings(async (service, { url, requests }) => {
      const slow = [await submit(service, `${url}/never`), await submit(service, `${url}/never`)];
      await until('both are being fetched', () => requests.length === 2);
      expect((await end(service, await submit(service, `${url}/seven.wav`))).status).toBe('succeeded');
      const gone = requests.map((request) => new Promise((resolve) => request.socket.once('close', resolve)));
      for (const id of slow) {
        expect((await read(service, id)).status).toBe('queued');
        await fetch(`${service.url}/jobs/${id}/cancel`, { method: 'POST' });
        expect((await read(service, id)).status).toBe('canceled');
      }
      await Promise.all(gone.slice(0, 2));
    }));

  it('is fetched beside no more than 31 others, and keeps no other job waiting even so', () =>
    withRecordings(async (service, { url, requests }) => {
      for (let count = 0; count < 40; count += 1) await submit(service, `${url}/never`);
      await until('as many as may be are being fetched', () => requests.length === 32);
      const sent = await fetch(`${service.url}/jobs?model=spoken-digits`, {
        method: 'POST',
        body: new Uint8Array(recording),
      });
      expect((await end(service, ((await sent.json()) as Job).id)).status).toBe('succeeded');
      expect(requests).toHaveLength(32);
    }));

  it('is fetched by another worker when the first is killed meanwhile', () =>
    withRecordings(async (service, { url, requests }) => {
      const id = await submit(service, `${url}/never`);
      await until('it is being fetched', () => requests.length === 1);
      await service.workers[0]?.stop('SIGKILL');
      await service.startWorker();
      await until('it is fetched again', () => requests.length === 2, 20_000);
      expect((await read(service, id)).status).toBe('queued');
    }));

  it('goes back to its queue when its worker stops', () =>
    withRecordings(async (service, { url, requests }) => {
      const id = await submit(service, `${url}/never`);
      await until('it is being fetched', () => requests.length === 1);
      await service.workers[0]?.stop('SIGTERM');
      expect(service.workers[0]?.log).toContain('worker stopped');
      expect((await read(service, id)).status).toBe('queued');
      await service.startWorker();
      await until('it is fetched again', () => requests.length === 2, 20_000);
    }));
});

/** Uploads bytes to the address that is handed out for them; returns the upload's id. */
async function upload(service: Service, bytes: Buffer): Promise<string> {
  const { status, body } = await postJson(`${service.url}/uploads`, { bytes: bytes.length, contentType: 'audio/wav' });
  expect(status).toBe(201);
  const address = new URL(String(body['url']), service.url);
  const headers = body['headers'] as Record<string, string>;
  const answer = await fetch(address, { method: 'PUT', body: new Uint8Array(bytes), headers });
  expect(answer.status).toBe(200);
  return body.id;
}

async function expectUploadsToBeComputed(service: Service): Promise<void> {
  await service.startWorker();
  const submission = { model: 'spoken-digits', input: { upload: await upload(service, recording), filename: 'a.wav' } };
  const accepted = await postJson(`${service.url}/jobs`, submission);
  expect(accepted.status).toBe(202);
  const job = await end(service, accepted.body.id);
  expect(job).toMatchObject({
    status: 'succeeded',
    input: { filename: 'a.wav', contentType: 'audio/wav', bytes: recording.length },
    result: { label: 'seven', provenance: { inputSha256: job.input.sha256 } },
  });
  const wrong = { model: 'spoken-digits', input: { upload: await upload(service, Buffer.from('no recording')) } };
  const mismatched = await end(service, (await postJson(`${service.url}/jobs`, wrong)).body.id);
  expect(mismatched).toMatchObject({ status: 'failed', error: { code: 'input_type_mismatch' } });
}

describe('an input that is uploaded first', () => {
  it('is computed from a folder store, and its type is found by the worker', () =>
    withService(settings, expectUploadsToBeComputed));

  (hasRadosgw ? it : it.skip)('is computed from an S3 store, which takes it without the API', () =>
    withRadosgw(async (s3) =>
      withService({ ...settings, ...(await s3.newBucket()) }, (service) => expectUploadsToBeComputed(service)),
    ),
  );
});
