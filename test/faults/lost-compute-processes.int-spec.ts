import { describe, expect, it } from '@jest/globals';
import { endJob } from '#jobs';
import { isAlive, type EarshotProcess } from '../earshot-process.js';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { withWorkers } from '../with-workers.js';

const model = 'slow-digits';
const long = newRecording({ seconds: 900 });
const short = newRecording({ seconds: 1 });

async function computeProcess(worker: EarshotProcess): Promise<number> {
  return until('there is a compute process', () => worker.children[0]);
}

/** Kills the worker's compute process, and waits for the next. */
async function killComputeProcess(worker: EarshotProcess): Promise<void> {
  const pid = await computeProcess(worker);
  process.kill(pid, 'SIGKILL');
  await until('another has taken its place', () => worker.children.find((child) => child !== pid));
}

describe('a compute process that dies', () => {
  it('is replaced, and costs the jobs it ran no attempt', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const worker = await workers.start();
      const jobIds = [await submitter.submit(long, model), await submitter.submit(short, model)];
      await submitter.reached(jobIds[0] ?? '', 'running');
      await killComputeProcess(worker);
      for (const jobId of jobIds)
        expect(await submitter.ended(jobId)).toMatchObject({ status: 'succeeded', attempts: 1 });
    }));

  it('while it is idle harms no job that comes next', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const worker = await workers.start();
      for (let i = 0; i < 5; i++) {
        process.kill(await computeProcess(worker), 'SIGKILL');
        const record = await submitter.ended(await submitter.submit(short, model));
        expect(record).toMatchObject({ status: 'succeeded', attempts: 1 });
      }
    }));

  it(
    'of an input that takes more memory than it may fails that input alone',
    () =>
      withWorkers(async (workers) => {
        const { submitter } = workers;
        // Queued before the worker is there, so that they are one group.
        await (await workers.start()).stop();
        // Holds more than it may for seconds, as the watchdog looks four times a second.
        const greedy = newRecording({ seconds: 7000 });
        const jobIds = [
          await submitter.submit(short, model),
          await submitter.submit(greedy, model),
          await submitter.submit(short, model),
        ];
        await workers.start({ EARSHOT_COMPUTE_MEMORY_MIB: '256' });
        const [before, poison, after] = await Promise.all(jobIds.map((jobId) => submitter.ended(jobId, 90_000)));
        expect(poison).toMatchObject({ status: 'failed', attempts: 1, error: { code: 'input_crashed_worker' } });
        for (const neighbour of [before, after]) expect(neighbour).toMatchObject({ status: 'succeeded', attempts: 1 });
      }),
    120_000,
  );
});

describe('a job that outlasts its timeout', () => {
  it('fails alone, and its process is replaced', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const worker = await workers.start();
      const slow = await submitter.submit(newRecording({ seconds: 3600 }), model, { timeoutMs: 300 });
      expect(await submitter.ended(slow)).toMatchObject({ status: 'failed', error: { code: 'job_timed_out' } });
      expect((await submitter.ended(await submitter.submit(short, model))).status).toBe('succeeded');
      expect(worker.children).toHaveLength(1);
    }));
});

describe('a running job that is canceled', () => {
  it('stops within 500 ms, and the next job is run', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const worker = await workers.start();
      const jobId = await submitter.submit(newRecording({ seconds: 3600 }), model);
      await submitter.reached(jobId, 'running');
      const compute = await computeProcess(worker);
      const canceledAt = Date.now();
      const failure = { code: 'job_canceled', detail: 'on request' } as const;
      expect(await endJob(submitter.redis, { label: 'cpu', jobId }, failure, { queuedOnly: false })).toBe('ended');
      await until('its process has stopped', () => !isAlive(compute));
      process.stdout.write(`a canceled job's process stopped after ${Date.now() - canceledAt} ms\n`);
      expect((await submitter.read(jobId)).status).toBe('canceled');
      expect((await submitter.ended(await submitter.submit(short, model))).status).toBe('succeeded');
      expect((await submitter.read(jobId)).status).toBe('canceled');
    }));
});
