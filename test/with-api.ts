import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderStore } from '#jobs';
import { createLog } from '../apps/api/src/logging/create-log.js';
import type { RouteTable } from '../apps/api/src/problems/route-table.js';
import { parseApiSettings, type ApiSettings } from '../apps/api/src/settings.js';
import { startApi } from '../apps/api/src/start-api.js';
import { putTestModel } from './model-record.js';
import { until } from './until.js';
import { withDescribedAnswers } from './with-described-answers.js';
import { withFolder } from './with-folder.js';
import { withRedis, type TestRedis } from './with-redis.js';

/** An API in the test's own process, with a Redis and a folder store, and no worker: its jobs stay queued. */
export interface TestApi {
  url: string;
  /** All of them, with what each asks of its callers' keys. */
  routes: ReturnType<RouteTable['list']>;
  redis: TestRedis;
  store: FolderStore;
  /** Where the store keeps its objects. */
  objects: string;
  /** What it logged, one JSON object a line. */
  log: string[];
  /** Stops it before the test ends. */
  close: () => Promise<void>;
}

/**
 * Runs `run` with an API that is ready and knows the audio model `demo`, and stops it afterwards. Fails if what `fetch`
 * was answered was not as the API describes itself.
 *
 * @param settings in place of the defaults
 */
export function withApi<T>(run: (api: TestApi) => Promise<T>, settings: Partial<ApiSettings> = {}): Promise<T> {
  return withFolder((folder) =>
    withRedis(async (redis) => {
      const objects = join(folder, 'objects');
      const store = new FolderStore(objects);
      await putTestModel(store, 'demo');
      const log: string[] = [];
      const env = { REDIS_URL: redis.address, EARSHOT_STORE: `folder:${objects}`, EARSHOT_PORT: '0' };
      const api = await startApi(
        { ...parseApiSettings(env), ...settings },
        createLog('debug', { write: (line) => void log.push(line) }),
      );
      let closing: Promise<void> | undefined;
      const close = () => (closing ??= api.close());
      try {
        await until('the API is ready', async () => (await fetch(`${api.url}/readyz`)).ok);
        const routes = api.routes.list();
        return await withDescribedAnswers({ url: api.url, routes }, () =>
          run({ url: api.url, routes, redis, store, objects, log, close }),
        );
      } finally {
        redis.resume();
        await close();
      }
    }),
  );
}

/** Waits until the store holds so many inputs, and nothing half written. */
export async function inputsSettle({ store, objects }: TestApi, count: number): Promise<void> {
  await until(`there are ${count} inputs`, async () => {
    const unfinished = await readdir(join(objects, '.unfinished'));
    return unfinished.length === 0 && (await inputKeys(store)).length === count;
  });
}

/** Waits until an input is being written. */
export function writingBegins({ objects }: TestApi): Promise<true> {
  return until('bytes are written', async () => (await readdir(join(objects, '.unfinished'))).length > 0);
}

async function inputKeys(store: FolderStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('inputs/')) keys.push(key);
  return keys;
}
