import { describe, expect, it } from '@jest/globals';
import { until } from '../../../test/until.js';
import { withRedis } from '../../../test/with-redis.js';
import { servingWorkersKey } from './queues.js';
import { announceWorker, servingWorkers, withdrawWorker, type ServingWorker } from './serving-workers.js';

const worker = (id: string): ServingWorker => ({
  ...{ id, engine: 'onnxruntime-node 1.30.0 cpu', queues: ['cpu'], processes: 2 },
});

describe('the list of serving workers', () => {
  it('has a worker once, however often it is announced, until it withdraws', () =>
    withRedis((redis) =>
      redis.ask(async (connection) => {
        for (const id of ['a', 'b', 'a']) await announceWorker(connection, worker(id));
        // Those of one millisecond are in any order.
        const listed = (await servingWorkers(connection)).toSorted((one, other) => one.id.localeCompare(other.id));
        expect(listed).toEqual([worker('a'), worker('b')]);
        await withdrawWorker(connection, worker('a'));
        expect(await servingWorkers(connection)).toEqual([worker('b')]);
      }),
    ));

  it('forgets a worker that fell silent, also beside one that did not', () =>
    withRedis((redis) =>
      redis.ask(async (connection) => {
        await announceWorker(connection, worker('silent'), 50);
        await announceWorker(connection, worker('talking'));
        const left = await until('one is left', async () => {
          const workers = await servingWorkers(connection);
          return workers.length === 1 && workers;
        });
        expect(left).toEqual([worker('talking')]);
        await announceWorker(connection, worker('talking'), 50);
        await until('the key is gone', async () => (await connection.exists(servingWorkersKey)) === 0);
      }),
    ));

  it('leaves out what another version has written', () =>
    withRedis((redis) =>
      redis.ask(async (connection) => {
        for (const member of [JSON.stringify({ id: 'newer' }), 'no JSON'])
          await connection.zadd(servingWorkersKey, '+inf', member);
        expect(await servingWorkers(connection)).toEqual([]);
      }),
    ));
});
