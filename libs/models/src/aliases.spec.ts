import { describe, expect, it } from '@jest/globals';

import { putTestModel } from '../../../test/model-record.js';
import { MemoryStore } from '../../../test/models/memory-store.js';
import { aliasesOf, aliasKey, isAlias } from './aliases.js';
import { contentPrefix, readModelRecord, recordKey } from './catalog.js';
import { removeVersion } from './remove-version.js';
import { setAlias } from './set-alias.js';

const now = new Date('2026-01-02T03:04:05Z');

async function storeWith(...versions: string[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const version of versions) await putTestModel(store, 'fan', version);
  return store;
}

async function putFiles(store: MemoryStore, version: string): Promise<string> {
  const prefix = contentPrefix((await readModelRecord(store, 'fan', version))!);
  for (const file of ['model.onnx', 'weights/model.h5']) await store.put(prefix + file, new Uint8Array(1));
  return prefix;
}

describe('an alias', () => {
  it.each([
    ['stable', true],
    ['latest', true],
    ['blue-2', true],
    ['1.0.0', false],
    ['2', false],
    ['Stable', false],
    ['a--b', false],
    ['a/b', false],
    ['', false],
    ['a'.repeat(65), false],
  ])('%j: %s', (text, expected) => {
    expect(isAlias(text)).toBe(expected);
  });

  it('names a version, and then another', async () => {
    const store = await storeWith('1.0.0', '2.0.0');
    const stable = { name: 'fan', alias: 'stable' };
    await setAlias(store, { ...stable, version: '1.0.0' }, now);
    const moved = await setAlias(store, { ...stable, version: '2.0.0' }, now);
    expect(moved).toEqual({ ...stable, version: '2.0.0', changedAt: '2026-01-02T03:04:05.000Z' });
    expect(await aliasesOf(store, 'fan')).toEqual([moved]);
    expect(await aliasesOf(store, 'fa')).toEqual([]);
  });

  it('names no version that is not registered', async () => {
    const store = await storeWith('1.0.0');
    const set = setAlias(store, { name: 'fan', alias: 'stable', version: '3.0.0' }, now);
    await expect(set).rejects.toMatchObject({ code: 'model_not_found' });
    expect(store.objects.has(aliasKey({ name: 'fan', alias: 'stable' }))).toBe(false);
  });
});

describe('removeVersion', () => {
  it('removes the record and its files, and nothing else; twice as well as once', async () => {
    const store = await storeWith('1.0.0', '1.0.0-rc.1');
    const kept = await putFiles(store, '1.0.0-rc.1');
    await putFiles(store, '1.0.0');
    const ofAnother = `models/fan/versions/1.0.0/${'a'.repeat(64)}/another/model.onnx`;
    await store.put(ofAnother, new Uint8Array(1));
    await removeVersion(store, 'fan', '1.0.0');
    await removeVersion(store, 'fan', '1.0.0');
    expect([...store.objects.keys()].sort()).toEqual(
      [recordKey('fan', '1.0.0-rc.1'), `${kept}model.onnx`, `${kept}weights/model.h5`, ofAnother].sort(),
    );
  });

  it('removes the record before any file, so that none is registered without its files', async () => {
    const store = await storeWith('1.0.0');
    await putFiles(store, '1.0.0');
    const deleted: string[] = [];
    const remove = store.delete.bind(store);
    store.delete = (key) => remove(key).then(() => void deleted.push(key));
    await removeVersion(store, 'fan', '1.0.0');
    expect(deleted[0]).toBe(recordKey('fan', '1.0.0'));
    expect(deleted).toHaveLength(3);
  });

  it('refuses a version that has an alias, and names the alias', async () => {
    const store = await storeWith('1.0.0', '2.0.0');
    await setAlias(store, { name: 'fan', alias: 'stable', version: '1.0.0' }, now);
    await expect(removeVersion(store, 'fan', '1.0.0')).rejects.toMatchObject({
      code: 'model_in_use',
      message: 'fan 1.0.0 has the alias stable; move or remove that first',
    });
    expect(await readModelRecord(store, 'fan', '1.0.0')).toBeDefined();
    await removeVersion(store, 'fan', '2.0.0');
    expect(await readModelRecord(store, 'fan', '2.0.0')).toBeUndefined();
  });

  it('removes a damaged record', async () => {
    const store = new MemoryStore();
    await store.put(recordKey('fan', '1.0.0'), new Uint8Array([0xff]));
    await removeVersion(store, 'fan', '1.0.0');
    expect(store.objects.size).toBe(0);
  });
});
