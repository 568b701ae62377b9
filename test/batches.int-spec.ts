import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { BatchView, ResultLine } from '#jobs';
import { builtInModels } from './bundles.js';
import { newRecording } from './recordings.js';
import { until } from './until.js';
import { withService, type Service } from './with-service.js';

const jobMs = 60_000;

/** Distinct recordings, each a little longer than the one before. */
const recordings = Array.from({ length: 60 }, (_, i) => new Uint8Array(newRecording({ seconds: 0.3 + i / 1000 })));
/** Begins as a recording, and ends before it says of what kind. */
const damaged = recordings[0]!.slice(0, 20);

const withDigits = (settings: Record<string, string>, run: (service: Service) => Promise<void>): Promise<void> =>
  withService({ EARSHOT_MODELS: builtInModels, EARSHOT_LOCK_SECONDS: '2', ...settings }, async (service) => {
    await service.startWorker();
    await run(service);
  });

/** Asks until it is answered: in these tests the API may be gone for a while. */
async function ask<T>(
  service: Service,
  method: string,
  path: string,
  body?: Uint8Array<ArrayBuffer> | string,
): Promise<T> {
  return until(`${method} ${path}`, async () => {
    const answer = await fetch(`${service.url}${path}`, { method, ...(body !== undefined && { body }) }).catch(
      () => null,
    );
    return answer?.ok ? ((await answer.json()) as T) : null;
  });
}

async function open(service: Service, fields: object = {}): Promise<string> {
  const body = JSON.stringify({ model: 'spoken-digits', ...fields });
  return (await ask<BatchView>(service, 'POST', '/batches', body)).id;
}

const add = (service: Service, id: string, path: string, bytes: Uint8Array<ArrayBuffer>) =>
  ask<{ job: string }>(service, 'POST', `/batches/${id}/files?path=${path}`, bytes);

const read = (service: Service, id: string) => ask<BatchView>(service, 'GET', `/batches/${id}`);

async function finish(service: Service, id: string): Promise<BatchView> {
  await ask(service, 'POST', `/batches/${id}/close`);
  return until(
    'the batch is over',
    async () => {
      const batch = await read(service, id);
      const { total, ...counts } = batch.counts;
      expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(total);
      return batch.finishedAt === null ? null : batch;
    },
    jobMs,
  );
}

async function resultsOf(service: Service, id: string): Promise<ResultLine[]> {
  const text = await (await fetch(`${service.url}/batches/${id}/results`)).text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ResultLine);
}

const reusedFrom = async (service: Service, job: string) =>
  (await ask<{ result: { provenance: { reusedFrom?: string } } }>(service, 'GET', `/jobs/${job}`)).result.provenance
    .reusedFrom;

interface Told {
  type: string;
  sequence: number;
  data: BatchView;
}

/** Runs `run` with a receiver of webhooks, and what it has received. */
async function withReceiver(run: (url: string, told: Told[]) => Promise<void>): Promise<void> {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      told.push(body as Told);
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, told);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('a batch', () => {
  it(
    'tells its webhook that it is over, each time that it is',
    () =>
      withReceiver((url, told) =>
        withDigits({ EARSHOT_EGRESS_ALLOW: '127.0.0.1' }, async (service) => {
          const id = await open(service, { webhook: url });
          await add(service, id, 'damaged.wav', damaged);
          await finish(service, id);
          await until('it is told', () => told.length === 1);
          await ask<BatchView>(service, 'POST', `/batches/${id}/retry`);
          await until('it is told again', () => told.length === 2, jobMs);
          expect(told.map(({ type, sequence }) => [type, sequence])).toEqual([
            ['batch.finished', 1],
            ['batch.finished', 2],
          ]);
          expect(told[1]!.data).toMatchObject({ id, status: 'finished', counts: { total: 1, failed: 1 } });
        }),
      ),
    jobMs,
  );

  it(
    'has a result for each file, and what failed by itself',
    () =>
      withDigits({}, async (service) => {
        const id = await open(service);
        await Promise.all(recordings.slice(0, 8).map((bytes, i) => add(service, id, `${i}.wav`, bytes)));
        await add(service, id, 'damaged.wav', damaged);
        const batch = await finish(service, id);
        expect(batch).toMatchObject({ status: 'finished', counts: { total: 9, succeeded: 8, failed: 1 } });
        const lines = await resultsOf(service, id);
        expect(lines.filter(({ status }) => status === 'failed')).toMatchObject([
          { path: 'damaged.wav', error: { code: 'input_unreadable' } },
        ]);
        for (const { status, label, score } of lines)
          if (status === 'succeeded') expect([label !== null, score! > 0]).toEqual([true, true]);
        const again = await ask<BatchView>(service, 'POST', `/batches/${id}/retry`);
        expect(again.counts).toMatchObject({ total: 9, succeeded: 8 });
        expect((await finish(service, id)).counts).toMatchObject({ total: 9, succeeded: 8, failed: 1 });
        const job = lines.find(({ path }) => path === 'damaged.wav')!.job!;
        expect((await ask<{ attempts: number }>(service, 'GET', `/jobs/${job}`)).attempts).toBe(2);
      }),
    jobMs,
  );

  it(
    'does not have computed what its owner had computed, unless asked to',
    () =>
      withDigits({}, async (service) => {
        const [bytes] = recordings as [Uint8Array<ArrayBuffer>];
        const [first, second, third] = [
          await open(service),
          await open(service),
          await open(service, { reuse: false }),
        ];
        const { job } = await add(service, first, 'a.wav', bytes);
        await finish(service, first);
        const { job: reusing } = await add(service, second, 'b.wav', bytes);
        await finish(service, second);
        const { job: computing } = await add(service, third, 'a.wav', bytes);
        await finish(service, third);
        expect(await reusedFrom(service, job)).toBeUndefined();
        expect(await reusedFrom(service, reusing)).toBe(job);
        expect(await reusedFrom(service, computing)).toBeUndefined();
        const [one] = await resultsOf(service, first);
        expect(await resultsOf(service, second)).toMatchObject([{ label: one!.label, score: one!.score }]);
      }),
    jobMs,
  );

  it(
    'is counted exactly whatever is killed meanwhile',
    () =>
      withDigits({}, async (service) => {
        const id = await open(service);
        const files = recordings.entries();
        const send = async () => {
          for (const [i, bytes] of files) await add(service, id, `${i}.wav`, bytes);
        };
        const sending = Promise.all([send(), send(), send()]);
        const succeededAtLeast = (count: number) =>
          until(`${count} have succeeded`, async () => (await read(service, id)).counts.succeeded >= count, jobMs);
        await succeededAtLeast(5);
        await service.workers[0]!.stop('SIGKILL');
        await service.startWorker();
        await succeededAtLeast(15);
        await service.api!.stop('SIGKILL');
        await service.startApi();
        await sending;
        await service.workers[1]!.stop('SIGKILL');
        await service.startWorker();
        const batch = await finish(service, id);
        expect(batch.counts).toMatchObject({ total: recordings.length, succeeded: recordings.length });
        const paths = (await resultsOf(service, id)).map(({ path }) => path);
        expect(new Set(paths).size).toBe(recordings.length);
        expect(paths).toHaveLength(recordings.length);
      }),
    2 * jobMs,
  );
});
