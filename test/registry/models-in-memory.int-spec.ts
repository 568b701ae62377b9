import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readModelRecord } from '#models/catalog';
import { smallCard, writeSmallBundle } from '../models/make-bundle.js';
import { newRecording } from '../recordings.js';
import type { Submitter } from '../submitter.js';
import { withFolder } from '../with-folder.js';
import { withWorkers } from '../with-workers.js';

const names = ['first', 'second'];
const recording = newRecording({ seconds: 0.1 });

/** A worker with one compute process that serves two models, and how jobs for each of them end. */
function withTwoModels(
  settings: Record<string, string>,
  run: (submitter: Submitter, use: (name: string) => Promise<string | undefined>) => Promise<void>,
): Promise<void> {
  return withFolder((folder) =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      for (const name of names) {
        await mkdir(join(folder, name));
        await writeSmallBundle(join(folder, name), { ...smallCard, name });
      }
      await workers.start({ EARSHOT_MODELS: folder, ...settings });
      await run(submitter, async (name) => {
        const { status, error } = await submitter.ended(await submitter.submit(recording, name));
        return error?.code ?? status;
      });
    }),
  );
}

/** Takes the networks out of the store, so that only what is in memory can serve. */
async function removeNetworks({ store }: Submitter): Promise<void> {
  for (const name of names) await store.delete((await readModelRecord(store, name, '1.0.0'))!.files.onnx.key);
}

describe('a compute process', () => {
  it('keeps the models in memory that it has used', () =>
    withTwoModels({}, async (submitter, use) => {
      for (const name of names) expect(await use(name)).toBe('succeeded');
      await removeNetworks(submitter);
      for (const name of names) expect(await use(name)).toBe('succeeded');
    }));

  it('puts away the one it has not used for the longest, where EARSHOT_MODEL_MEMORY_MIB has no room for both', () =>
    withTwoModels({ EARSHOT_MODEL_MEMORY_MIB: '1' }, async (submitter, use) => {
      for (const name of [...names, ...names]) expect(await use(name)).toBe('succeeded');
      await removeNetworks(submitter);
      expect(await use('second')).toBe('succeeded');
      expect(await use('first')).toBe('model_refused');
    }));

  it('loads a model when its first job comes, and not before', () =>
    withTwoModels({}, async (submitter, use) => {
      await removeNetworks(submitter);
      for (const name of names) expect(await use(name)).toBe('model_refused');
    }));
});
