import { describe, expect, it } from '@jest/globals';
import type { BatchView } from '#jobs';
import {
  add,
  askUntil,
  damaged,
  finish,
  jobMs,
  open,
  read,
  recordings,
  resultsOf,
  withDigits,
} from './digit-batches.js';
import { until } from './until.js';
import { withReceiver } from './with-receiver.js';
import type { Service } from './with-service.js';

const reusedFrom = async (service: Service, job: string) =>
  (await askUntil<{ result: { provenance: { reusedFrom?: string } } }>(service, 'GET', `/jobs/${job}`)).result
    .provenance.reusedFrom;

describe('a batch', () => {
  it(
    'tells its webhook that it is over, each time that it is',
    () =>
      withReceiver((receiver) =>
        withDigits({ EARSHOT_EGRESS_ALLOW: receiver.host }, async (service) => {
          const id = await open(service, { webhook: receiver.url });
          await add(service, id, 'damaged.wav', damaged);
          await finish(service, id);
          await receiver.has(1);
          await askUntil<BatchView>(service, 'POST', `/batches/${id}/retry`);
          const told = (await receiver.has(2, jobMs)).map(({ event }) => event);
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
        const again = await askUntil<BatchView>(service, 'POST', `/batches/${id}/retry`);
        expect(again.counts).toMatchObject({ total: 9, succeeded: 8 });
        expect((await finish(service, id)).counts).toMatchObject({ total: 9, succeeded: 8, failed: 1 });
        const job = lines.find(({ path }) => path === 'damaged.wav')!.job!;
        expect((await askUntil<{ attempts: number }>(service, 'GET', `/jobs/${job}`)).attempts).toBe(2);
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
