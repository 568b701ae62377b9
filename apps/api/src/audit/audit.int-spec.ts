import { describe, expect, it } from '@jest/globals';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { addToAudit, auditKey, keyPrefix, modelsQueueName, patientRedisOptions, readAudit } from '#jobs';
import { withKeys } from '../../../../test/with-keys.js';
import { withRedis } from '../../../../test/with-redis.js';

describe('the audit log', () => {
  it('has the changes of models that were carried out, with who asked for them, and no others', () =>
    withKeys(async ({ send, newKey, redis, log }) => {
      const connection = new Redis(patientRedisOptions(redis.address));
      // Carries out every change but removals, which it refuses.
      const carryOut = (job: { data: { change: string } }) =>
        job.data.change === 'set-alias' ? Promise.resolve({ created: false }) : Promise.reject(new Error('no'));
      const worker = new Worker(modelsQueueName, carryOut, { connection, prefix: keyPrefix });
      try {
        const { id, key } = await newKey('boss', ['admin']);
        const body = JSON.stringify({ version: '1.0.0' });
        const set = await send('/models/demo/aliases/stable', { method: 'PUT', body }, key);
        expect(set.status).toBe(200);
        expect((await send('/models/demo/aliases/none', { method: 'DELETE' }, key)).status).toBe(404);
        const { acts } = (await (await send('/audit')).json()) as { acts: object[] };
        expect(acts).toMatchObject([
          {
            ...{ act: 'model.set-alias', owner: 'boss', keyId: id, requestId: set.headers.get('x-request-id') },
            subject: { name: 'demo', version: '1.0.0', alias: 'stable' },
          },
          { act: 'key.create' },
        ]);
        expect(log.some((line) => line.includes('"act":"model.set-alias"'))).toBe(true);
      } finally {
        await worker.close();
        connection.disconnect();
      }
    }));

  it('lets the oldest go when there are many', () =>
    withRedis((redis) =>
      redis.ask(async (connection) => {
        const act = { act: 'key.revoke', owner: 'admin', keyId: null, requestId: 'r' } as const;
        for (let i = 0; i < 10_500; i += 500)
          await Promise.all(
            Array.from({ length: 500 }, (_, j) => addToAudit(connection, { ...act, subject: { i: i + j } })),
          );
        expect(await connection.xlen(auditKey)).toBeLessThan(10_200);
        const [newest, older] = await readAudit(connection, 2, null);
        expect([newest?.subject, older?.subject]).toEqual([{ i: 10_499 }, { i: 10_498 }]);
        expect(await readAudit(connection, 1, newest?.id ?? '')).toEqual([older]);
      }),
    ));
});
