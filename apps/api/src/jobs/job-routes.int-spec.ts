import { describe, expect, it } from '@jest/globals';
import { inputKey, newJobId, submitJob } from '#jobs';
import { aliasKey } from '#models/catalog';
import { codeOf } from '../../../../test/code-of.js';
import { putTestModel } from '../../../../test/model-record.js';
import { postForm } from '../../../../test/post-job.js';
import { newRecording } from '../../../../test/recordings.js';
import { until } from '../../../../test/until.js';
import { withApi, type TestApi } from '../../../../test/with-api.js';
import { testPayload } from '../../../../test/with-test-jobs.js';

const recording = new Uint8Array(newRecording({ seconds: 0.1 }));

async function submit({ url }: TestApi): Promise<string> {
  const { body } = await postForm(url, [
    ['file', recording, 'a.wav'],
    ['model', 'demo'],
  ]);
  return body.id;
}

/** A queued job of somebody else. */
async function submitOther(api: TestApi): Promise<string> {
  const id = newJobId();
  const payload = { ...testPayload, owner: 'other' };
  await api.redis.ask((redis) => submitJob(redis, { id, label: 'cpu', priority: 5, payload }));
  return id;
}

const send = ({ url }: TestApi, method: string, path: string) => fetch(`${url}/jobs/${path}`, { method });
const cancel = (api: TestApi, id: string) => send(api, 'POST', `${id}/cancel`);

async function list({ url }: TestApi, query = ''): Promise<{ jobs: { id: string }[]; nextCursor: string | null }> {
  const answer = await fetch(`${url}/jobs${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Awaited<ReturnType<typeof list>>;
}

describe('GET /jobs', () => {
  it('lists the newest first, a page at a time', () =>
    withApi(async (api) => {
      const ids = [await submit(api), await submit(api), await submit(api)].reverse();
      await cancel(api, ids[1] ?? '');
      const first = await list(api, '?limit=2');
      const second = await list(api, `?limit=2&cursor=${first.nextCursor}`);
      expect([first.jobs, second.jobs].map((jobs) => jobs.map(({ id }) => id))).toEqual([
        ids.slice(0, 2),
        ids.slice(2),
      ]);
      expect(second.nextCursor).toBeNull();
      expect(first.jobs[0]).toEqual(await (await fetch(`${api.url}/jobs/${ids[0]}`)).json());
    }));

  it('filters by status and model', () =>
    withApi(async (api) => {
      const [ended, waiting] = [await submit(api), await submit(api)];
      await cancel(api, ended);
      expect((await list(api, '?status=canceled,failed')).jobs.map(({ id }) => id)).toEqual([ended]);
      expect((await list(api, '?status=queued&model=demo')).jobs.map(({ id }) => id)).toEqual([waiting]);
      expect((await list(api, '?model=demo@9.9.9')).jobs).toEqual([]);
    }));

  it('filters by the version that an alias names', () =>
    withApi(async (api) => {
      const id = await submit(api);
      await putTestModel(api.store, 'demo', '1.2.0');
      const alias = { name: 'demo', alias: 'stable', version: '1.0.0', changedAt: '2026-01-01T00:00:00.000Z' };
      await api.store.put(aliasKey(alias), Buffer.from(JSON.stringify(alias)));
      await until('the alias is known', async () => (await fetch(`${api.url}/jobs?model=demo@stable`)).status === 200);
      expect((await list(api, '?model=demo@stable')).jobs.map((job) => job.id)).toEqual([id]);
      expect((await list(api, '?model=demo@latest')).jobs).toEqual([]);
      const answer = await fetch(`${api.url}/jobs?model=demo@none`);
      expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ pointer: '/model' }] }]);
    }));

  it('shows nobody else’s jobs, and none when there are none', () =>
    withApi(async (api) => {
      await submitOther(api);
      expect(await list(api)).toEqual({ jobs: [], nextCursor: null });
    }));

  it.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['status=done', '/status/0'],
    ['cursor=abc', '/cursor'],
    ['model=a&model=b', '/model'],
    ['order=asc', '/order'],
  ])('refuses ?%s', (query, pointer) =>
    withApi(async ({ url }) => {
      const answer = await fetch(`${url}/jobs?${query}`);
      const problem = await answer.json();
      expect([answer.status, problem]).toMatchObject([400, { code: 'invalid_request', errors: [{ pointer }] }]);
    }),
  );
});

describe('POST /jobs/{id}/retry', () => {
  it('queues an ended job again', () =>
    withApi(async (api) => {
      const id = await submit(api);
      expect(await codeOf(await send(api, 'POST', `${id}/retry`))).toEqual([409, 'job_unfinished']);
      await cancel(api, id);
      const answer = await send(api, 'POST', `${id}/retry`);
      expect(answer.status).toBe(202);
      expect([answer.headers.get('location'), answer.headers.get('retry-after')]).toEqual([`/jobs/${id}`, '1']);
      expect(await answer.json()).toMatchObject({ id, status: 'queued', error: null, queuePosition: 0 });
    }));

  it('is refused without the input', () =>
    withApi(async (api) => {
      const id = await submit(api);
      await cancel(api, id);
      await api.store.delete(inputKey('local', id));
      expect(await codeOf(await send(api, 'POST', `${id}/retry`))).toEqual([404, 'input_missing']);
    }));
});

describe('DELETE /jobs/{id}', () => {
  it('removes an ended job, once', () =>
    withApi(async (api) => {
      const id = await submit(api);
      expect(await codeOf(await send(api, 'DELETE', id))).toEqual([409, 'job_unfinished']);
      await cancel(api, id);
      const answer = await send(api, 'DELETE', id);
      expect([answer.status, await answer.text()]).toEqual([204, '']);
      for (const path of [id, `${id}/input`])
        expect(await codeOf(await send(api, 'GET', path))).toEqual([404, 'job_not_found']);
      expect(await codeOf(await send(api, 'DELETE', id))).toEqual([404, 'job_not_found']);
      expect(await api.store.head(inputKey('local', id))).toBeNull();
    }));
});

describe('another owner’s job', () => {
  it.each([
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/retry'],
    ['POST', '/cancel'],
    ['GET', '/events'],
    ['GET', '/input'],
    ['GET', '/result'],
  ])('does not exist: %s %s', (method, path) =>
    withApi(async (api) => {
      const id = await submitOther(api);
      expect(await codeOf(await send(api, method, id + path))).toEqual([404, 'job_not_found']);
      for (const none of [newJobId(), 'job_1'])
        expect(await codeOf(await send(api, method, none + path))).toEqual([404, 'job_not_found']);
    }),
  );
});
