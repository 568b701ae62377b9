import { rename, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { post } from '../../../../test/post-job.js';
import { newRecording } from '../../../../test/recordings.js';
import { SlowUpload } from '../../../../test/slow-upload.js';
import { until } from '../../../../test/until.js';
import { inputsSettle, withApi, writingBegins, type TestApi } from '../../../../test/with-api.js';

const recording = newRecording({ seconds: 1 });

const submit = ({ url }: TestApi) => post(`${url}/jobs?model=demo`, { body: new Uint8Array(recording) });
const isReady = ({ url }: TestApi) => fetch(`${url}/readyz`).then(({ ok }) => ok);

/** How many milliseconds it takes. */
async function timed<T>(run: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const before = performance.now();
  const result = await run();
  return { ms: performance.now() - before, result };
}

/** Sends all but the last byte, lets `fail` happen, and times the answer from the last byte on. */
async function failBeforeLastByte(api: TestApi, fail: () => unknown) {
  const upload = new SlowUpload(`${api.url}/jobs?model=demo`, { 'content-length': recording.length });
  await upload.send(recording.subarray(0, -1));
  await writingBegins(api);
  await fail();
  return timed(async () => {
    await upload.send(recording.subarray(-1));
    return upload.answer();
  });
}

describe('while Redis is away', () => {
  const refused = { status: 503, body: { code: 'queue_unavailable' } };

  it('jobs are refused at once, and taken again after it is back', () =>
    withApi(async (api) => {
      await api.redis.stop('SIGKILL');
      const { ms, result } = await timed(() => submit(api));
      expect(result).toMatchObject(refused);
      expect(result.headers.get('retry-after')).toBe('2');
      expect(ms).toBeLessThan(500);
      expect(await isReady(api)).toBe(false);
      await inputsSettle(api, 0);
      await api.redis.start();
      await until('the API is ready', () => isReady(api));
      expect((await submit(api)).status).toBe(202);
    }));

  it('an upload that is under way is refused within 2 s of its last byte, when Redis ends', () =>
    withApi(async (api) => {
      const { ms, result } = await failBeforeLastByte(api, () => api.redis.stop('SIGKILL'));
      expect(result).toEqual({ status: 503, code: 'queue_unavailable' });
      expect(ms).toBeLessThan(2000);
    }));

  it('an upload that is under way is refused within 2 s of its last byte, when Redis hangs; its bytes are kept', () =>
    withApi(async (api) => {
      const { ms, result } = await failBeforeLastByte(api, () => api.redis.pause());
      expect(result).toEqual({ status: 503, code: 'queue_unavailable' });
      expect(ms).toBeLessThan(2000);
      // Whether the job was added is not known: Redis may carry it out once it goes on.
      await inputsSettle(api, 1);
      await until('the probe knows', async () => !(await isReady(api)));
      expect((await timed(() => submit(api))).ms).toBeLessThan(500);
    }));

  it('reading a job says so', () =>
    withApi(async (api) => {
      const { body } = await submit(api);
      await api.redis.stop('SIGKILL');
      const answer = await fetch(`${api.url}/jobs/${body.id}`);
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ code: 'queue_unavailable' });
    }));
});

describe('while the store cannot be written', () => {
  const breakStore = async ({ objects }: TestApi): Promise<void> => {
    await rename(objects, `${objects}-away`);
    await writeFile(objects, '');
  };

  it('jobs are refused at once, and nothing is added to the queue', () =>
    withApi(async (api) => {
      await breakStore(api);
      await until('the probe knows', async () => !(await isReady(api)));
      const { ms, result } = await timed(() => submit(api));
      expect(result).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });
      expect(ms).toBeLessThan(500);
      expect(await api.redis.ask((redis) => redis.keys('*:inference-cpu:job_*'))).toEqual([]);
    }));

  it('an upload that is under way is refused within 2 s of its last byte', () =>
    withApi(async (api) => {
      const { ms, result } = await failBeforeLastByte(api, () => breakStore(api));
      expect(result).toEqual({ status: 503, code: 'store_unavailable' });
      expect(ms).toBeLessThan(2000);
    }));
});

describe('/readyz', () => {
  it('names what is down', () =>
    withApi(async (api) => {
      await api.redis.stop();
      await until('the probe knows', async () => !(await isReady(api)));
      const body: unknown = await (await fetch(`${api.url}/readyz`)).json();
      expect(body).toMatchObject({ status: 'unavailable', checks: { redis: { ok: false }, store: { ok: true } } });
    }));
});
