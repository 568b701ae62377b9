import { EarshotClient, type ClientOptions } from '#client';
import { parseEgressAllow } from '#jobs';
import type { ApiSettings } from '../apps/api/src/settings.js';
import { withApi, type TestApi } from './with-api.js';
import { withJobsAt, type TestJobs } from './with-test-jobs.js';

/** Of an Earshot that tells webhooks on this machine. */
export const tellingThisMachine: Partial<ApiSettings> = { egressAllow: parseEgressAllow('127.0.0.1') };

/**
 * Runs `run` with a client of an API, and every step that a worker would take.
 *
 * @param settings of the API, in place of the defaults
 */
export function withClient(
  run: (client: EarshotClient, jobs: TestJobs, api: TestApi) => Promise<void>,
  options?: ClientOptions,
  settings?: Partial<ApiSettings>,
): Promise<void> {
  return withApi(
    (api) => withJobsAt(api.redis.address, api.store, (jobs) => run(new EarshotClient(api.url, options), jobs, api)),
    settings,
  );
}

/** All that an iterator has. */
export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** All bytes of a stream, as text. */
export function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}
