import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { writeSlowBundle } from '../bundles.js';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { withFolder } from '../with-folder.js';
import { withService, type Service } from '../with-service.js';
import { changeModels } from './change-models.js';

interface JobAnswer {
  id: string;
  status: string;
  model: { version: string };
  result: { provenance: { modelVersion: string } } | null;
}

const name = 'slow-digits';
const mostMs = 5000;

/** Submits a job for the version that has the alias `stable`; undefined while none has. */
async function submit(service: Service, seconds: number): Promise<JobAnswer | undefined> {
  const url = `${service.url}/jobs?model=${name}@stable`;
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(newRecording({ seconds })) });
  return answer.status === 202 ? ((await answer.json()) as JobAnswer) : undefined;
}

function ended(service: Service, id: string): Promise<JobAnswer> {
  const look = async (): Promise<JobAnswer | null> => {
    const job = (await (await fetch(`${service.url}/jobs/${id}`)).json()) as JobAnswer;
    return job.status === 'queued' || job.status === 'running' ? null : job;
  };
  return until(`the job ${id} has ended`, look, 60_000);
}

/** An API and a worker that serve two versions of a model. */
function withTwoVersions(run: (service: Service, redis: Redis) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    for (const version of ['1.0.0', '2.0.0'])
      await writeSlowBundle(join(folder, version), (card) => void (card.version = version));
    await withService({ EARSHOT_MODELS: folder }, async (service) => {
      await service.startWorker();
      await service.redis.ask((redis) => run(service, redis));
    });
  });
}

/** Submits jobs until one is for the version. */
async function submitUntil(service: Service, version: string): Promise<JobAnswer[]> {
  const jobs: JobAnswer[] = [];
  await until(
    `jobs are for ${version}`,
    async () => {
      const job = await submit(service, 1);
      if (job) jobs.push(job);
      await delay(100);
      return job?.model.version === version;
    },
    2 * mostMs,
  );
  return jobs;
}

it(
  'an alias that is moved is picked up within 5 s, by processes that run on, and no job under way notices',
  () =>
    withTwoVersions(async (service, redis) => {
      const move = async (version: string): Promise<number> => {
        const change = { change: 'set-alias', name, alias: 'stable', version } as const;
        expect((await changeModels(redis, change)).state).toBe('done');
        return Date.now();
      };
      await move('1.0.0');
      const jobs = await submitUntil(service, '1.0.0');
      const processes = service.workers[0]?.children;
      jobs.push((await submit(service, 2000))!);

      const movedAt = await move('2.0.0');
      jobs.push(...(await submitUntil(service, '2.0.0')));
      const tookMs = Date.now() - movedAt;
      process.stdout.write(`the moved alias was picked up after ${tookMs} ms\n`);
      expect(tookMs).toBeLessThan(mostMs);

      for (const { id, model } of jobs) {
        const { status, result } = await ended(service, id);
        expect([status, result?.provenance.modelVersion]).toEqual(['succeeded', model.version]);
      }
      expect(new Set(jobs.map(({ model }) => model.version))).toEqual(new Set(['1.0.0', '2.0.0']));
      expect(service.workers[0]?.children).toEqual(processes);
    }),
  120_000,
);
