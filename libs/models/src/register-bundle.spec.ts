import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { smallCard, writeSmallBundle } from '../../../test/models/make-bundle.js';
import { MemoryStore } from '../../../test/models/memory-store.js';
import { withFolder } from '../../../test/with-folder.js';
import { contentPrefix, readModelRecord, recordKey } from './catalog.js';
import { ModelError } from './errors.js';
import { loadModel } from './load-model.js';
import { registerBundle, type RegisterOptions } from './register-bundle.js';

const key = recordKey('small', '1.0.0');

/** Registers a small bundle made for it. */
function register(store: MemoryStore, card: object = smallCard, options: RegisterOptions = {}) {
  return withFolder(async (folder) => {
    await writeSmallBundle(folder, card);
    return registerBundle(folder, store, { now: () => new Date('2026-01-02T03:04:05Z'), ...options });
  });
}

async function refusalOf(run: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await run.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
}

describe('registerBundle', () => {
  it('stores a record that names the files, how they were checked and when', async () => {
    const store = new MemoryStore();
    const { record, created } = await register(store);
    expect(created).toBe(true);
    expect(await readModelRecord(store, 'small', '1.0.0')).toEqual(record);
    expect(record).toMatchObject({
      ...{ name: 'small', version: '1.0.0', groupLimit: 16 },
      check: { reference: expect.stringMatching(/^tfjs .* wasm$/) },
      registeredAt: '2026-01-02T03:04:05.000Z',
    });
    expect(record.check.largestDifference).toBeLessThan(1e-6);
    expect(record.files.weights.map(({ path }) => path)).toEqual(['model.json', 'weights.bin']);
    expect(store.objects.has(record.files.onnx.key)).toBe(true);
  });

  it('writes nothing when the very same version is there', async () => {
    const store = new MemoryStore();
    const first = await register(store);
    store.put = () => Promise.reject(new Error('nothing is to be written'));
    expect(await register(store)).toEqual({ record: first.record, created: false });
  });

  it('knows a version by its content: order and comments of the card do not count, every value does', async () => {
    const { record } = await register(new MemoryStore());
    const reordered = await register(new MemoryStore(), Object.fromEntries(Object.entries(smallCard).reverse()));
    const changed = await register(new MemoryStore(), { ...smallCard, groupLimit: 3 });
    expect(reordered.record.digest).toBe(record.digest);
    expect(changed.record.digest).not.toBe(record.digest);
  });

  it('refuses other content under a known version, and leaves the known one as it is', async () => {
    const store = new MemoryStore();
    const { record } = await register(store);
    const { code, message } = await refusalOf(register(store, { ...smallCard, description: 'another' }));
    expect(code).toBe('model_version_conflict');
    expect(message).toContain('give this one a new version');
    expect(await readModelRecord(store, 'small', '1.0.0')).toEqual(record);
  });

  it('ends with one record when the same bundle is registered twice at once', async () => {
    const store = new MemoryStore();
    const [a, b] = await Promise.all([register(store), register(store)]);
    expect(a.record).toEqual(b.record);
    expect(await readModelRecord(store, 'small', '1.0.0')).toEqual(a.record);
  });

  it('tells one of two bundles that race for a version that it is registered, and leaves nothing of the other', async () => {
    const store = new MemoryStore();
    const other = { ...smallCard, description: 'the other' };
    const ends = await Promise.allSettled([register(store), register(store, other)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = ends.find((end) => end.status === 'rejected');
    expect(lost?.reason).toMatchObject({ code: 'model_version_conflict' });
    const record = (await readModelRecord(store, 'small', '1.0.0'))!;
    expect([...store.objects.keys()].filter((each) => each !== key && !each.startsWith(contentPrefix(record)))).toEqual(
      [],
    );
    const model = await loadModel(record, store, 'onnxruntime');
    await model.dispose();
  });

  it('has created a record whose creation was answered twice, the first answer being lost', async () => {
    const store = new MemoryStore();
    const create = store.create.bind(store);
    store.create = async (...written) => (await create(...written)) && false;
    expect((await register(store)).created).toBe(true);
    expect((await register(store)).created).toBe(false);
  });

  it('refuses a card of another name or version than expected', async () => {
    const store = new MemoryStore();
    const { code, message } = await refusalOf(
      register(store, smallCard, { expected: { name: 'small', version: '2.0.0' } }),
    );
    expect([code, message]).toEqual([
      'model_refused',
      'the card is of small 1.0.0, and it is to be registered as small 2.0.0: change the card, or the address',
    ]);
    expect(store.objects.size).toBe(0);
  });

  it('writes the record last, so that a registration that dies halfway can be repeated', async () => {
    const store = new MemoryStore();
    const create = store.create.bind(store);
    let before = 0;
    store.create = () => {
      before = store.objects.size;
      return Promise.reject(new Error('died'));
    };
    await expect(register(store)).rejects.toThrow('died');
    expect([before, store.objects.size, store.objects.has(key)]).toEqual([3, 3, false]);
    store.create = create;
    expect((await register(store)).created).toBe(true);
  });

  it.each([
    ['labels that are not as many as outputs', { output: { labels: ['a', 'b', 'c'] } }, 'the card has 3 labels'],
    [
      'features that are not the network’s input',
      { features: { ...smallCard.features, layout: 'coefficients-frames' } },
      'the card makes an input of 8 x 7, and the network takes 7 x 8',
    ],
    [
      'windows that give no features',
      {
        input: { ...smallCard.input, seconds: undefined, short: 'keep', window: { seconds: 0.03, hop: 0.03 } },
        features: { ...smallCard.features, centered: false },
      },
      'the card makes no features of 0.03 s of noise: 240 samples are fewer than one frame of 256',
    ],
    ['a card with a fault', { groupLimit: -1 }, 'model.yaml: groupLimit must be at least 1'],
    ['weights of another format', { weights: 'model.yaml' }, 'weights model.yaml: supported are'],
    ['weights that are not there', { weights: 'other.h5' }, 'has no file other.h5'],
  ])('refuses %s, and stores nothing', async (_, fields, message) => {
    const store = new MemoryStore();
    const error = await refusalOf(register(store, { ...smallCard, ...fields }));
    expect(error.code).toBe('model_refused');
    expect(error.message).toContain(message);
    expect(store.objects.size).toBe(0);
  });

  it('refuses a weights file outside of the bundle', async () => {
    await withFolder(async (folder) => {
      await writeSmallBundle(folder);
      const manifest = { modelTopology: {}, weightsManifest: [{ paths: ['../weights.bin'], weights: [] }] };
      await writeFile(join(folder, 'model.json'), JSON.stringify(manifest));
      const { message } = await refusalOf(registerBundle(folder, new MemoryStore()));
      expect(message).toBe('../weights.bin is not the name of a file inside the bundle');
    });
  });
});
