import { describe, expect, it, jest } from '@jest/globals';
import { putTestModel } from '../../../../test/model-record.js';
import { MemoryStore } from '../../../../test/models/memory-store.js';
import { ModelCatalog } from './model-catalog.js';

/** A store that counts how often it is listed, and whose disk can be gone. */
class CountedStore extends MemoryStore {
  lists = 0;
  isGone = false;

  override get(key: string): Promise<Uint8Array> {
    return this.isGone ? Promise.reject(new Error('the disk is gone')) : super.get(key);
  }

  override list(prefix: string): AsyncIterable<{ key: string }> {
    this.lists += 1;
    return super.list(prefix);
  }
}

describe('ModelCatalog', () => {
  it('reads the store once for many questions within two seconds', async () => {
    const [store, clock] = [new CountedStore(), { ms: 0 }];
    await putTestModel(store, 'fan');
    const catalog = new ModelCatalog(store, () => clock.ms);
    await Promise.all([catalog.require('fan'), catalog.require('fan'), catalog.list()]);
    clock.ms = 1999;
    await catalog.list();
    expect(store.lists).toBe(1);
    clock.ms = 2000;
    await catalog.list();
    expect(store.lists).toBe(2);
  });

  it('looks for a model that it does not know at most once a second', async () => {
    const [store, clock] = [new CountedStore(), { ms: 0 }];
    const catalog = new ModelCatalog(store, () => clock.ms);
    const find = () =>
      catalog.require('fan').then(
        ({ name }) => name,
        (error: { code: string }) => error.code,
      );
    expect(await find()).toBe('model_not_found');
    await putTestModel(store, 'fan');
    clock.ms = 999;
    expect(await find()).toBe('model_not_found');
    expect(store.lists).toBe(1);
    clock.ms = 1000;
    expect(await find()).toBe('fan');
    expect(store.lists).toBe(2);
  });

  it('asks again after a reading that failed', async () => {
    const store = new CountedStore();
    await putTestModel(store, 'fan');
    store.isGone = true;
    const catalog = new ModelCatalog(store, () => 0);
    await expect(catalog.list()).rejects.toThrow('the disk is gone');
    store.isGone = false;
    expect((await catalog.list()).records).toHaveLength(1);
  });

  it('knows of a change at once, whatever was being read before it', async () => {
    const [store, clock] = [new CountedStore(), { ms: 0 }];
    const catalog = new ModelCatalog(store, () => clock.ms);
    const before = catalog.list();
    await putTestModel(store, 'fan');
    clock.ms = 1;
    catalog.forget();
    expect((await before).records).toHaveLength(1);
    expect(await catalog.require('fan')).toMatchObject({ name: 'fan' });
  });

  it('does not wait for a store that hangs, and asks it again', async () => {
    jest.useFakeTimers();
    try {
      const store = new CountedStore();
      await putTestModel(store, 'fan');
      const catalog = new ModelCatalog(store);
      const hangs = jest.spyOn(store, 'get').mockReturnValue(new Promise(() => undefined));
      const asked = expect(catalog.require('fan')).rejects.toMatchObject({ code: 'store_unavailable' });
      await jest.advanceTimersByTimeAsync(5001);
      await asked;
      hangs.mockRestore();
      expect(await catalog.require('fan')).toMatchObject({ name: 'fan' });
    } finally {
      jest.useRealTimers();
    }
  });
});
