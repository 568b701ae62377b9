import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { modelUploadKey, newModelChangeId } from '#jobs';
import { listModelRecords } from '#models/catalog';
import { smallCard, writeSmallBundle } from '../models/make-bundle.js';
import { rawZip } from '../models/raw-zip.js';
import { newRecording } from '../recordings.js';
import { changeModels } from '../registry/change-models.js';
import { until } from '../until.js';
import { withFolder } from '../with-folder.js';
import { withWorkers } from '../with-workers.js';

const { name, version } = smallCard;

function smallArchive(): Promise<Uint8Array> {
  return withFolder(async (folder) => {
    await writeSmallBundle(folder);
    const paths = await readdir(folder);
    return rawZip(
      await Promise.all(paths.map(async (path) => ({ path, content: await readFile(join(folder, path)) }))),
    );
  });
}

it('a bundle whose worker is killed while it registers it is registered by another, once', () =>
  withWorkers(async (workers) => {
    const { submitter } = workers;
    const [first, id] = [await workers.start(), newModelChangeId()];
    await submitter.store.put(modelUploadKey(id), await smallArchive());
    const registered = changeModels(submitter.redis, { change: 'register', name, version }, id);
    await until('there is a process that registers it', () => first.children.length === 2);
    await first.stop('SIGKILL');
    expect((await listModelRecords(submitter.store)).records.map((record) => record.name)).not.toContain(name);
    await workers.start();
    expect(await registered).toEqual({ state: 'done', outcome: { created: true } });
    const jobId = await submitter.submit(newRecording({ seconds: 0.1 }), name);
    expect((await submitter.ended(jobId)).status).toBe('succeeded');
  }));
