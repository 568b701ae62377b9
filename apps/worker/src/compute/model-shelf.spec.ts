import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FolderStore } from '#jobs';
import { registerBundle, removeVersion } from '#models';
import type { ModelRecord } from '#models/catalog';
import { smallCard, writeSmallBundle } from '../../../../test/models/make-bundle.js';
import { withFolder } from '../../../../test/with-folder.js';
import { ModelLoader, type MeasuredModel } from './model-loader.js';
import { ModelShelf } from './model-shelf.js';

const mebibyte = 2 ** 20;

/** Says of each model that it takes a mebibyte, and which were loaded. */
class CountedLoader extends ModelLoader {
  readonly loaded: string[] = [];

  override async load(record: ModelRecord): Promise<MeasuredModel> {
    const { model } = await super.load(record);
    this.loaded.push(record.name);
    return { model, bytes: mebibyte };
  }
}

/** Does something between the reading of a version's record and that of its network. */
class InterruptedStore extends FolderStore {
  between: () => Promise<unknown> = () => Promise.resolve();

  override async get(key: string): Promise<Buffer> {
    const { between } = this;
    if (key.endsWith('/model.onnx')) {
      this.between = () => Promise.resolve();
      await between();
    }
    return super.get(key);
  }
}

interface Registry {
  store: InterruptedStore;
  loader: CountedLoader;
  clock: { ms: number };
  /** A shelf for so many models. */
  shelfFor: (models: number) => ModelShelf;
  register: (name: string) => Promise<ModelRecord>;
}

function withRegistry(run: (registry: Registry) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const store = new InterruptedStore(join(folder, 'objects'));
    const [loader, clock] = [new CountedLoader(store, 'onnxruntime'), { ms: 0 }];
    const register = async (name: string): Promise<ModelRecord> => {
      const bundle = join(folder, name);
      await mkdir(bundle, { recursive: true });
      await writeSmallBundle(bundle, { ...smallCard, name });
      return (await registerBundle(bundle, store)).record;
    };
    await run({
      store,
      loader,
      clock,
      register,
      shelfFor: (models) => new ModelShelf(loader, models * mebibyte, () => clock.ms),
    });
  });
}

describe('ModelShelf', () => {
  it('loads a model when it is first asked for, and puts away the one unused for the longest', () =>
    withRegistry(async ({ shelfFor, loader, register }) => {
      const [a, b, c] = await Promise.all(['a', 'b', 'c'].map(register));
      const shelf = shelfFor(2);
      for (const asked of [a!, b!, a!, c!, a!]) expect((await shelf.get(asked)).record.name).toBe(asked.name);
      expect(loader.loaded).toEqual(['a', 'b', 'c']);
      await shelf.get(b!);
      await shelf.get(a!);
      expect(loader.loaded).toEqual(['a', 'b', 'c', 'b']);
    }));

  it('keeps the model asked for, whatever it takes', () =>
    withRegistry(async ({ shelfFor, loader, register }) => {
      const [a, b] = await Promise.all(['a', 'b'].map(register));
      const shelf = shelfFor(0);
      for (const asked of [a!, a!, b!, a!]) await shelf.get(asked);
      expect(loader.loaded).toEqual(['a', 'b', 'a']);
    }));

  it('gives out no version that was removed more than a second ago, and gives it out again once it is back', () =>
    withRegistry(async ({ store, shelfFor, clock, register }) => {
      const [shelf, a] = [shelfFor(2), await register('a')];
      const model = await shelf.get(a);
      await removeVersion(store, 'a', '1.0.0');
      clock.ms = 999;
      expect(await shelf.get(a)).toBe(model);
      clock.ms = 1000;
      await expect(shelf.get(a)).rejects.toMatchObject({ code: 'model_removed' });
      await register('a');
      expect((await shelf.get(a)).record.digest).toBe(a.digest);
    }));

  it('says of a version that is removed while it is loaded that it was removed', () =>
    withRegistry(async ({ store, shelfFor, register }) => {
      const a = await register('a');
      store.between = () => removeVersion(store, 'a', '1.0.0');
      await expect(shelfFor(2).get(a)).rejects.toMatchObject({ code: 'model_removed' });
    }));

  it('loads a version that is removed, and registered again, while it is loaded', () =>
    withRegistry(async ({ store, shelfFor, register }) => {
      const a = await register('a');
      store.between = () => removeVersion(store, 'a', '1.0.0').then(() => register('a'));
      const { record } = await shelfFor(2).get(a);
      expect(record.digest).toBe(a.digest);
      expect(record.content).not.toBe(a.content);
    }));

  it('refuses a version whose network is gone, and says what to do', () =>
    withRegistry(async ({ store, shelfFor, register }) => {
      const a = await register('a');
      await store.delete(a.files.onnx.key);
      const refused = { code: 'model_refused', message: expect.stringContaining('register it again') as unknown };
      await expect(shelfFor(2).get(a)).rejects.toMatchObject(refused);
    }));
});
