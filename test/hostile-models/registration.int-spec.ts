import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';

import { modelUploadKey, newModelChangeId, type ModelChangeState } from '#jobs';
import { listModelRecords } from '#models/catalog';
import { isAlive, type EarshotProcess } from '../earshot-process.js';
import { smallCard } from '../models/make-bundle.js';
import { rawZip, type RawZipFile } from '../models/raw-zip.js';
import { tfjsModel } from '../models/tfjs-model.js';
import { card as cardFile, tarGz } from '../models/unpack.js';
import { newRecording } from '../recordings.js';
import { changeModels } from '../registry/change-models.js';
import { until } from '../until.js';
import { withWorkers, type Workers } from '../with-workers.js';
import { withEndlessHeap } from './crafted/hdf5.js';
import { memoryTaker } from './crafted/onnx.js';

const { name } = smallCard;
const short = newRecording({ seconds: 0.1 });

/** A bundle of the small card, as an archive. */
function archiveOf(weights: string, bytes: Uint8Array, ...more: RawZipFile[]): Uint8Array {
  return archiveOfVersion(smallCard.version, weights, bytes, ...more);
}

function archiveOfVersion(version: string, weights: string, bytes: Uint8Array, ...more: RawZipFile[]): Uint8Array {
  const card = { path: 'model.yaml', content: stringify({ ...smallCard, version, weights }) };
  return rawZip([card, { path: weights, content: bytes, method: 0 }, ...more]);
}

/** A good bundle, of 4 bytes x 58 x `units`. */
function goodArchive(units: number, version: string = smallCard.version): Uint8Array {
  const files = tfjsModel(
    [7, 8],
    [
      { className: 'Flatten' },
      { className: 'Dense', options: { units, activation: 'tanh', use_bias: false }, weights: { kernel: [56, units] } },
      {
        className: 'Dense',
        options: { units: 2, activation: 'softmax', use_bias: false },
        weights: { kernel: [units, 2] },
      },
    ],
  );
  const weights = { path: 'weights.bin', content: files.get('weights.bin')! };
  return archiveOfVersion(version, 'model.json', files.get('model.json')!, weights);
}

async function register(
  { submitter }: Workers,
  archive: Uint8Array,
  version: string = smallCard.version,
): Promise<ModelChangeState> {
  const id = newModelChangeId();
  await submitter.store.put(modelUploadKey(id), archive);
  return changeModels(submitter.redis, { change: 'register', name, version }, id);
}

async function keysOf({ submitter }: Workers, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of submitter.store.list(prefix)) keys.push(key);
  return keys.sort();
}

describe('hostile bundles that a worker is asked to register', () => {
  it(
    'are refused with a code, leave nothing behind, and harm neither the worker nor its jobs',
    () =>
      withWorkers(async (workers) => {
        const { submitter, objects } = workers;
        const temporary = join(dirname(objects), 'temporary');
        await mkdir(temporary);
        const worker = await workers.start({ TMPDIR: temporary, EARSHOT_COMPUTE_MEMORY_MIB: '512' });
        const [processes, stored] = [worker.children, await keysOf(workers, 'models/')];
        const link = { name: 'model.json', type: 'symlink', linkname: '/etc/passwd' } as const;
        const hostile: [Uint8Array, RegExp][] = [
          [Buffer.from('no archive'), /neither a zip nor a tar.gz archive/],
          [archiveOf('model.json', new Uint8Array(), { path: '../../escaped' }), /leads out of the folder/],
          [
            archiveOf('model.json', new Uint8Array(), { path: 'w', content: new Uint8Array(2 ** 25) }),
            /more than 200 times/,
          ],
          [await tarGz([cardFile, link]), /is a link or a device/],
          [archiveOf('model.h5', withEndlessHeap()), /the texts that it keeps at byte/],
          [archiveOf('model.onnx', memoryTaker(16)), /The process that read the bundle was lost: .*SIGKILL/],
        ];
        for (const [archive, detail] of hostile) {
          const refused = { code: 'model_refused', detail: expect.stringMatching(detail) as unknown };
          expect(await register(workers, archive)).toEqual({ state: 'failed', failure: refused });
          expect([await keysOf(workers, 'models/'), await readdir(temporary)]).toEqual([stored, []]);
        }
        expect([worker.hasEnded, worker.children]).toEqual([false, processes]);
        expect(await register(workers, goodArchive(8))).toEqual({ state: 'done', outcome: { created: true } });
        for (const model of ['slow-digits', name])
          expect((await submitter.ended(await submitter.submit(short, model))).status).toBe('succeeded');
      }),
    120_000,
  );
});

describe('a registration whose worker is killed', () => {
  it(
    'between its files and its record shows nothing of them, and is made by the next worker',
    () =>
      withWorkers(async (workers) => {
        const { submitter } = workers;
        const { version, archive, registered } = await interrupted(workers);
        const isThere = async () =>
          (await listModelRecords(submitter.store)).records.some((it) => it.name === name && it.version === version);
        expect(await isThere()).toBe(false);
        expect((await listModelRecords(submitter.store)).skipped).toEqual([]);
        await workers.start();
        expect(await registered).toEqual({ state: 'done', outcome: { created: true } });
        expect(await isThere()).toBe(true);
        expect((await submitter.ended(await submitter.submit(short, name))).status).toBe('succeeded');
        expect(await register(workers, archive, version)).toEqual({ state: 'done', outcome: { created: false } });
      }),
    120_000,
  );
});

/** A registration whose worker was killed once some of its files were stored. Versions whose record came first are left. */
async function interrupted(workers: Workers) {
  for (let patch = 0; patch < 20; patch++) {
    const version = `1.${patch}.0`;
    const [worker, prefix] = [await workers.start(), `models/${name}/versions/${version}/`];
    const archive = goodArchive(30_000, version);
    const registered = register(workers, archive, version);
    await until('some of its files are stored', async () => (await keysOf(workers, prefix)).length > 0, 40_000);
    await killAll(worker);
    const left = await keysOf(workers, prefix);
    if (!left.some((key) => key.endsWith('record.json'))) return { version, archive, registered };
    // Nobody waits for it any more.
    registered.catch(() => undefined);
  }
  throw new Error('the record was always there before the worker was gone');
}

/** At one moment, so that no process ends what another began. */
async function killAll(worker: EarshotProcess): Promise<void> {
  const { children } = worker;
  worker.pause();
  for (const pid of children) process.kill(pid, 'SIGKILL');
  await worker.stop('SIGKILL');
  expect(children.filter(isAlive)).toEqual([]);
}
