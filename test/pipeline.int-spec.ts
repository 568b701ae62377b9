import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { builtInModels, writeFanBundle } from './bundles.js';
import { hasRadosgw, withRadosgw } from './radosgw.js';
import { newRecording } from './recordings.js';
import { hasReferenceData, referenceData } from './reference-data.js';
import { until } from './until.js';
import { withService, type Service } from './with-service.js';

const withDigits = (run: (service: Service) => Promise<void>): Promise<void> =>
  withService({ EARSHOT_MODELS: builtInModels }, async (service) => {
    await service.startWorker();
    await run(service);
  });

interface Job {
  id: string;
  status: string;
  result: { label: string; score: number } | null;
  error: { code: string; detail: string } | null;
}

async function post(
  url: string,
  body: FormData | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers });
}

async function read(answer: Response): Promise<Job> {
  return (await answer.json()) as Job;
}

/** Polls as a client does until the job has ended. */
async function poll(service: Service, job: Job): Promise<Job> {
  return until(`${job.id} has ended`, async () => {
    const answer = await read(await fetch(`${service.url}/jobs/${job.id}`));
    return ['queued', 'running'].includes(answer.status) ? null : answer;
  });
}

async function sample(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL('../samples/seven-rms.wav', import.meta.url)));
}

describe('a recording', () => {
  it('is submitted, run and polled, as raw body and as form', () =>
    withDigits(async (service) => {
      const recording = await sample();
      const form = new FormData();
      form.append('file', new Blob([recording]), 'seven.wav');
      form.append('model', 'spoken-digits');
      const answers = [
        await post(`${service.url}/jobs?model=spoken-digits`, recording, { 'content-type': 'audio/wav' }),
        await post(`${service.url}/jobs`, form),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(202);
        const job = await poll(service, await read(answer));
        expect(job).toMatchObject({ status: 'succeeded', attempts: 1, progress: 1, error: null });
        expect(job.result?.label).toBe('seven');
        expect(job).toMatchObject({ result: { provenance: { modelName: 'spoken-digits' } } });
      }
    }));

  it('is answered on the same request when the caller waits', () =>
    withDigits(async (service) => {
      const url = `${service.url}/jobs?model=spoken-digits`;
      const answer = await post(url, await sample(), { prefer: 'wait=30' });
      expect([answer.status, answer.headers.get('preference-applied')]).toEqual([200, 'wait=30']);
      expect(await read(answer)).toMatchObject({ status: 'succeeded' });
    }));

  it('that cannot be read fails its job with input_unreadable, and others succeed', () =>
    withDigits(async (service) => {
      const truncated = newRecording({ seconds: 1 }).subarray(0, 45);
      const url = `${service.url}/jobs?model=spoken-digits`;
      const jobs = [];
      for (const body of [truncated, await sample()]) {
        jobs.push(await read(await post(url, new Uint8Array(body))));
      }
      const [bad, good] = await Promise.all(jobs.map((job) => poll(service, job)));
      expect(bad).toMatchObject({ status: 'failed', result: null, error: { code: 'input_unreadable' } });
      expect(bad?.error?.detail).toContain('WAV');
      expect(good?.status).toBe('succeeded');
    }));
});

(hasRadosgw ? describe : describe.skip)('with an S3 API for a store', () => {
  it('a recording is submitted, run, polled, and read back from the archive', () =>
    withRadosgw(async (s3) => {
      const settings = { EARSHOT_MODELS: builtInModels, ...(await s3.newBucket()) };
      await withService(settings, async (service) => {
        await service.startWorker();
        const recording = await sample();
        const job = await poll(service, await read(await post(`${service.url}/jobs?model=spoken-digits`, recording)));
        expect(job).toMatchObject({ status: 'succeeded', result: { label: 'seven' } });
        await until('the job has left Redis for the archive', () =>
          service.redis.ask(async (redis) => (await redis.keys(`*${job.id}`)).every((key) => key.includes('recent'))),
        );
        await service.redis.ask((redis) => redis.flushall());
        expect(await poll(service, job)).toEqual(job);
        const input = await fetch(`${service.url}/jobs/${job.id}/input`);
        expect(new Uint8Array(await input.arrayBuffer())).toEqual(recording);
      });
    }));
});

(hasReferenceData ? describe : describe.skip)('the fan model, as users bring it', () => {
  it('hears which fan is well and which is not', () =>
    withService({}, async (service) => {
      const bundle = await writeFanBundle(`${service.objects}-bundles`);
      await service.startWorker({ EARSHOT_MODELS: bundle });
      const expected = { normal: 'Component OK', pb1: 'Component is imbalanced' };
      for (const [name, label] of Object.entries(expected)) {
        const recording = await readFile(referenceData('fan', 'mimii_signalML', `${name}.wav`));
        const form = new FormData();
        form.append('file', new Blob([new Uint8Array(recording)]), `${name}.wav`);
        form.append('model', 'fan-fault');
        const answer = await post(`${service.url}/jobs`, form, { prefer: 'wait=30' });
        expect(answer.status).toBe(200);
        const job = await read(answer);
        expect(job).toMatchObject({ status: 'succeeded', result: { label, anomaly: name !== 'normal' } });
        if (name === 'pb1') expect(job.result?.score).toBeGreaterThan(0.95);
      }
    }));
});
