import { EarshotClient, type ClientOptions } from '#client';
import { withApi, type TestApi } from './with-api.js';
import { withJobsAt, type TestJobs } from './with-test-jobs.js';

/** Runs `run` with a client of an API, and every step that a worker would take. */
export function withClient(
  run: (client: EarshotClient, jobs: TestJobs, api: TestApi) => Promise<void>,
  options?: ClientOptions,
): Promise<void> {
  return withApi((api) =>
    withJobsAt(api.redis.address, api.store, (jobs) => run(new EarshotClient(api.url, options), jobs, api)),
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
