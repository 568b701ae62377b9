import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { openModelsQueue, patientRedisOptions, type ModelsQueue } from '#jobs';
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
