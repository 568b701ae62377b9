import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { builtInModels } from '../../../../test/bundles.js';
import { EarshotProcess } from '../../../../test/earshot-process.js';
import { hasWebgpu, webgpuEnvironment } from '../../../../test/engines/webgpu-device.js';
import { until } from '../../../../test/until.js';
import { withFolder } from '../../../../test/with-folder.js';
import { withRedis } from '../../../../test/with-redis.js';
import { withService, type Service } from '../../../../test/with-service.js';

interface Readiness {
  workers: { id: string; engine: string; queues: string[]; processes: number }[];
}

async function servingWorkers({ url }: Service): Promise<Readiness['workers']> {
  return ((await (await fetch(`${url}/readyz`)).json()) as Readiness).workers;
}

function firstServing(service: Service): Promise<Readiness['workers'][number]> {
  return until('a worker is known', async () => (await servingWorkers(service))[0]);
}

/** The engine in the provenance of a job's result. */
async function engineOfResult({ url }: Service): Promise<string> {
  const body = new Uint8Array(await readFile(new URL('../../../../samples/seven-rms.wav', import.meta.url)));
  const headers = { prefer: 'wait=30' };
  const answer = await fetch(`${url}/jobs?model=spoken-digits`, { method: 'POST', headers, body });
  const job = (await answer.json()) as { result: { label: string; provenance: { engine: string } } };
  expect(job).toMatchObject({ status: 'succeeded', result: { label: 'seven' } });
  return job.result.provenance.engine;
}

describe('an engine whose device is missing', () => {
  const hidden = { VK_DRIVER_FILES: '/nowhere', VK_ICD_FILENAMES: '/nowhere' };

  it.each([
    ['onnxruntime-webgpu', 'it needs a GPU with a Vulkan driver'],
    ['onnxruntime-cuda', 'CUDA 12 and cuDNN 9'],
  ])('ends the worker at start: %s', (engine, words) =>
    withFolder((folder) =>
      withRedis(async (redis) => {
        const settings = { REDIS_URL: redis.address, EARSHOT_STORE: `folder:${folder}`, EARSHOT_ENGINE: engine };
        await expect(EarshotProcess.start('worker', { ...settings, ...hidden })).rejects.toThrow(
          new RegExp(`earshot worker: .*${words}`),
        );
      }),
    ),
  );
});

describe('/readyz', () => {
  it('tells the engine and device that answer, as results do, for as long as the worker runs', () =>
    withService({ EARSHOT_MODELS: builtInModels, EARSHOT_COMPUTE_PROCESSES: '1' }, async (service) => {
      expect(await servingWorkers(service)).toEqual([]);
      const worker = await service.startWorker();
      const serving = await firstServing(service);
      expect(serving).toMatchObject({ queues: ['cpu'], processes: 1 });
      expect(serving.engine).toMatch(/^onnxruntime-node \d+\.\d+\.\d+ cpu$/);
      expect(await engineOfResult(service)).toBe(serving.engine);
      await worker.stop();
      await until('it is gone', async () => (await servingWorkers(service)).length === 0, 3000);
    }));

  (hasWebgpu ? it : it.skip)('tells of WebGPU', () =>
    withService({ EARSHOT_MODELS: builtInModels, EARSHOT_COMPUTE_PROCESSES: '1' }, async (service) => {
      await service.startWorker({ EARSHOT_ENGINE: 'onnxruntime-webgpu', ...webgpuEnvironment });
      const serving = await firstServing(service);
      expect(serving.engine).toMatch(/ webgpu$/);
      expect(await engineOfResult(service)).toBe(serving.engine);
    }),
  );
});
