import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { modelUploadPrefix, openModelsQueue, patientRedisOptions, type ModelsQueue } from '#jobs';
import { putTestModel } from '../../../../test/model-record.js';
import { SlowUpload } from '../../../../test/slow-upload.js';
import { until } from '../../../../test/until.js';
import { withApi, type TestApi } from '../../../../test/with-api.js';

/** Runs `run` with an API that has no workers, and the queue of its changes. */
function withQueue(run: (api: TestApi, queue: ModelsQueue) => Promise<void>): Promise<void> {
  return withApi(async (api) => {
    const connection = new Redis(patientRedisOptions(api.redis.address));
    const queue = openModelsQueue(connection);
    try {
      await run(api, queue);
    } finally {
      await queue.close();
      connection.disconnect();
    }
  });
}

async function uploadsIn({ store }: TestApi): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(modelUploadPrefix)) keys.push(key);
  return keys;
}

const waits = (queue: ModelsQueue) => until('the change waits', async () => (await queue.getWaitingCount()) === 1);

describe('a change of the registry that no worker takes', () => {
  it('is taken back when the caller leaves', () =>
    withQueue(async ({ url }, queue) => {
      const leaving = new AbortController();
      const body = JSON.stringify({ version: '1.0.0' });
      const request = fetch(`${url}/models/demo/aliases/stable`, { method: 'PUT', body, signal: leaving.signal });
      const left = expect(request).rejects.toThrow('abort');
      await waits(queue);
      leaving.abort();
      await left;
      await until('it is gone', async () => (await queue.getWaitingCount()) === 0);
    }));

  it('leaves no archive when it is taken back', () =>
    withQueue(async (api, queue) => {
      const leaving = new AbortController();
      const options = { method: 'PUT', body: 'an archive', signal: leaving.signal };
      const left = expect(fetch(`${api.url}/models/new/versions/1.0.0`, options)).rejects.toThrow('abort');
      await waits(queue);
      expect(await uploadsIn(api)).toHaveLength(1);
      leaving.abort();
      await left;
      await until('the archive is gone', async () => (await uploadsIn(api)).length === 0);
    }));

  it('does not keep the API from stopping, and its caller is told', () =>
    withQueue(async ({ url, close }, queue) => {
      const request = fetch(`${url}/models/demo/versions/1.0.0`, { method: 'DELETE' });
      await waits(queue);
      await close();
      const answer = await request;
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ code: 'workers_unavailable' });
      expect(await queue.getWaitingCount()).toBe(0);
    }));
});

describe('a change of the registry', () => {
  it('is refused before its archive has come, when the name cannot be one', () =>
    withApi(async ({ url }) => {
      const upload = new SlowUpload(`${url}/models/Demo/versions/1.0.0`, {}, 'PUT');
      await upload.send('the first bytes');
      expect(await upload.answer()).toEqual({ status: 400, code: 'invalid_request' });
    }));

  it('removes what was registered only just now, and not through this API', () =>
    withQueue(async ({ url, store, close }, queue) => {
      expect((await fetch(`${url}/models`)).status).toBe(200);
      await putTestModel(store, 'newcomer');
      const request = fetch(`${url}/models/newcomer/versions/1.0.0`, { method: 'DELETE' });
      await waits(queue);
      await close();
      expect((await request).status).toBe(503);
    }));
});
