import { describe, expect, it } from '@jest/globals';

import { fanCard } from '../../../test/models/make-bundle.js';
import { MemoryStore } from '../../../test/models/memory-store.js';
import { aliasKey, listModelRecords, onnxKey, readModelRecord, recordKey, weightsKey } from './catalog.js';
import { ModelError } from './errors.js';
import { setAlias } from './set-alias.js';

const hash = 'a'.repeat(64);
const content = '6f3c2b1a-0d4e-4f5a-8b6c-7d8e9f0a1b2c';

function recordOf(name: string, version: string) {
  return {
    ...{ name, version, digest: `sha256:${hash}`, content, card: { ...fanCard, name, version } },
    network: {
      format: 'keras-hdf5',
      layers: 12,
      inputs: [{ name: 'input', shape: [40, 433, 1] }],
      outputs: [{ name: 'scores', shape: [4] }],
    },
    groupLimit: 16,
    files: {
      weights: [{ path: fanCard.weights, bytes: 1, sha256: hash }],
      onnx: { key: 'models/x', bytes: 1, sha256: hash },
    },
    check: { reference: 'tfjs', largestDifference: 0 },
    registeredAt: '2026-01-02T03:04:05.000Z',
  };
}

async function storeWith(...records: { name: string; version: string }[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const record of records)
    await store.put(recordKey(record.name, record.version), new TextEncoder().encode(JSON.stringify(record)));
  return store;
}

describe('the catalog', () => {
  it('keeps the files of one registration together, apart from those of any other', () => {
    const of = (digit: string) => ({ name: 'fan', version: '1.0.0', digest: `sha256:${digit.repeat(64)}`, content });
    expect(recordKey('fan', '1.0.0')).toBe('models/fan/versions/1.0.0/record.json');
    expect(onnxKey(of('a'))).toBe(`models/fan/versions/1.0.0/${hash}/${content}/model.onnx`);
    expect(weightsKey(of('a'), 'w.h5')).toBe(`models/fan/versions/1.0.0/${hash}/${content}/weights/w.h5`);
    expect(onnxKey(of('b'))).not.toBe(onnxKey(of('a')));
  });

  it('reads a record with the defaults of its card', async () => {
    const store = await storeWith(recordOf('fan', '1.0.0'));
    expect(await readModelRecord(store, 'fan', '1.0.0')).toMatchObject({ name: 'fan', card: { groupLimit: 16 } });
  });

  it('has no record of a version that is not registered', async () => {
    expect(await readModelRecord(new MemoryStore(), 'fan', '1.0.0')).toBeUndefined();
  });

  it('lets a failure of the store through', async () => {
    const store = new MemoryStore();
    store.get = () => Promise.reject(new Error('the store is away'));
    await expect(readModelRecord(store, 'fan', '1.0.0')).rejects.toThrow('the store is away');
  });

  it('refuses to read a damaged record, and says which object it is', async () => {
    const store = new MemoryStore();
    await store.put(recordKey('fan', '1.0.0'), new TextEncoder().encode('{"name":'));
    const error = await readModelRecord(store, 'fan', '1.0.0').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ModelError);
    expect(String(error)).toContain('models/fan/versions/1.0.0/record.json is not a model record');
  });

  it('lists every version and alias, and skips with a reason what is not a record', async () => {
    const store = await storeWith(recordOf('fan', '1.0.0'), recordOf('fan', '1.1.0'), recordOf('pump', '2.0.0'));
    await store.put('models/fan/versions/1.0.0/weights/w.h5', new Uint8Array(1));
    await store.put('models/README.md', new Uint8Array(1));
    await setAlias(store, { name: 'fan', version: '1.0.0', alias: 'stable' }, new Date());
    await store.put(aliasKey({ name: 'fan', alias: 'odd' }), new Uint8Array([0xff]));
    await store.put(
      aliasKey({ name: 'fan', alias: 'copy' }),
      store.objects.get(aliasKey({ name: 'fan', alias: 'stable' }))!,
    );
    await store.put('models/odd/versions/1.0.0/record.json', new Uint8Array([0xff]));
    await store.put(recordKey('copy', '1.0.0'), store.objects.get(recordKey('fan', '1.0.0'))!);
    const { records, aliases, skipped } = await listModelRecords(store);
    expect(records.map(({ name, version }) => `${name} ${version}`).sort()).toEqual([
      'fan 1.0.0',
      'fan 1.1.0',
      'pump 2.0.0',
    ]);
    expect(aliases).toMatchObject([{ name: 'fan', alias: 'stable', version: '1.0.0' }]);
    const reasons = Object.fromEntries(skipped.map(({ key, reason }) => [key, reason]));
    expect(reasons).toEqual({
      'models/odd/versions/1.0.0/record.json': expect.stringContaining('is not a model record'),
      'models/copy/versions/1.0.0/record.json': expect.stringContaining('is the record of fan 1.0.0'),
      'models/fan/aliases/odd.json': expect.stringContaining('is not an alias'),
      'models/fan/aliases/copy.json': expect.stringContaining('is not an alias'),
    });
  });
});
