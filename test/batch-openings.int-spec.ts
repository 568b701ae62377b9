import { describe, expect, it } from '@jest/globals';
import { unarchivedKey, type BatchView } from '#jobs';
import { ask } from './ask-batches.js';
import { add, damaged, isOver, jobMs, open, read, recordings, resultsOf, withDigits } from './digit-batches.js';
import { until } from './until.js';
import { withHttp } from './with-http.js';
import { withReceiver } from './with-receiver.js';
import type { Service } from './with-service.js';

const egress = { EARSHOT_EGRESS_ALLOW: '127.0.0.1' };
const count = 1000;
const items = Array.from({ length: count }, (_, i) => ({ url: `http://127.0.0.1:9/${i}.wav`, path: `${i}.wav` }));

function send(service: Service): Promise<BatchView | null> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'the-same' };
  const body = JSON.stringify({ model: 'spoken-digits', items });
  return ask<BatchView>(service, 'POST', '/batches', body, headers).then(
    (answer) => (answer.status === 201 ? answer.body : null),
    () => null,
  );
}

/** How many files the only batch has. */
const filesOf = (service: Service): Promise<number> =>
  service.redis.ask(async (redis) => {
    const [order] = await redis.keys('*:order');
    return order === undefined ? 0 : redis.llen(order);
  });

describe('a batch that is opened with items', () => {
  it(
    'has a result for each, wherever its bytes came from',
    () =>
      withHttp(
        (request, response) => {
          const index = Number(/\/(\d+)\.wav$/.exec(request.url ?? '')?.[1] ?? NaN);
          response.writeHead(index < recordings.length ? 200 : 404).end(recordings[index]);
        },
        ({ url }) =>
          withDigits(egress, async (service) => {
            const body = JSON.stringify({
              model: 'spoken-digits',
              items: [0, 1, 2, 999].map((i) => ({ url: `${url}/${i}.wav`, path: `from/${i}.wav` })),
            });
            const opened = await ask<BatchView>(service, 'POST', '/batches', body);
            const { counts, status } = await isOver(service, opened.body.id);
            expect([status, counts]).toEqual([
              'finished',
              expect.objectContaining({ total: 4, succeeded: 3, failed: 1 }),
            ]);
            const lines = await resultsOf(service, opened.body.id);
            expect(lines.map(({ path, error }) => [path, error?.code])).toEqual([
              ['from/0.wav', undefined],
              ['from/1.wav', undefined],
              ['from/2.wav', undefined],
              ['from/999.wav', 'input_refused'],
            ]);
            expect(lines[0]).toMatchObject({
              bytes: recordings[0]!.length,
              sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
            });
          }),
      ),
    2 * jobMs,
  );

  it(
    'has each of them once, when the API dies while it takes them and the request is repeated',
    () =>
      withDigits(egress, async (service) => {
        // The model is registered; nobody takes its jobs.
        await service.workers[0]!.stop('SIGTERM');
        const first = send(service);
        const taken = await until('some are taken', async () => (await filesOf(service)) || null);
        await service.api!.stop('SIGKILL');
        expect(taken).toBeLessThan(count);
        expect(await first).toBeNull();
        await service.startApi();
        const batch = await until('the repeat is answered', () => send(service), jobMs);
        expect([batch.status, batch.counts.total]).toEqual(['running', count]);
        const paths = (await resultsOf(service, batch.id)).map(({ path }) => path);
        expect(paths.sort()).toEqual(items.map(({ path }) => path).sort());
        // Workers add the jobs of which the API did not come to say that it has.
        await service.startWorker({ EARSHOT_ROLES: 'notify' });
        const jobs = () => service.redis.ask((redis) => redis.zcard(unarchivedKey('local')));
        await until('each has its job', async () => (await jobs()) >= count, jobMs);
        expect(await jobs()).toBe(count);
      }),
    3 * jobMs,
  );
});

describe('a batch that nobody closes', () => {
  it(
    'closes by itself when no file comes any more, and tells of its end',
    () =>
      withReceiver((receiver) =>
        withDigits({ ...egress, EARSHOT_BATCH_IDLE_SECONDS: '1' }, async (service) => {
          const id = await open(service, { webhook: receiver.url });
          await add(service, id, 'damaged.wav', damaged);
          const batch = await isOver(service, id);
          expect(batch).toMatchObject({ status: 'finished', counts: { total: 1, failed: 1 }, closesAt: null });
          expect(batch.closedAt).not.toBeNull();
          const [told] = await receiver.has(1, jobMs);
          expect([told!.event.type, told!.event.data.id]).toEqual(['batch.finished', id]);
          expect((await read(service, id)).finishedAt).toBe(batch.finishedAt);
        }),
      ),
    2 * jobMs,
  );
});
