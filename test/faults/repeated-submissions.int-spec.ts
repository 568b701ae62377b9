import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { builtInModels } from '../bundles.js';
import { post } from '../post-job.js';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { withService } from '../with-service.js';

const recording = new Uint8Array(newRecording({ seconds: 1 }));
/** When the API is killed, in milliseconds after the requests were sent: while they come, are added, and are answered. */
const moments = [50, 150, 250, 400];
const perRound = 15;

describe('a request that is repeated because the API was killed', () => {
  it(
    'makes one job, whenever that was',
    () =>
      withService({ EARSHOT_MODELS: builtInModels }, async (service) => {
        const worker = await service.startWorker();
        await until('the model is there', async () => (await fetch(`${service.url}/models/spoken-digits`)).ok);
        // Its jobs are to stay queued, where they can be counted.
        await worker.stop('SIGKILL');
        const send = (key: string) =>
          post(`${service.url}/jobs?model=spoken-digits`, { body: recording, headers: { 'idempotency-key': key } });
        const jobs = new Map<string, string>();
        let answered = 0;
        for (const moment of moments) {
          const keys = Array.from({ length: perRound }, () => randomUUID());
          const sent = keys.map((key) => send(key).catch(() => null));
          await delay(moment);
          process.kill(service.apiPid, 'SIGKILL');
          const first = await Promise.all(sent);
          await service.startApi();
          for (const [i, key] of keys.entries()) {
            const again = await until(
              'it is accepted',
              () => send(key).then((it) => (it.status === 202 ? it : null)),
              20_000,
            );
            const before = first[i];
            if (before) expect(again.body.id).toBe(before.body.id);
            answered += before ? 1 : 0;
            jobs.set(key, again.body.id);
          }
        }
        const listed = await fetch(`${service.url}/jobs?limit=100`);
        const { jobs: all } = (await listed.json()) as { jobs: { id: string }[] };
        process.stdout.write(
          `${jobs.size} requests, ${answered} answered before the API was killed, ${all.length} jobs\n`,
        );
        expect(all.map(({ id }) => id).sort()).toEqual([...jobs.values()].sort());
      }),
    120_000,
  );
});
