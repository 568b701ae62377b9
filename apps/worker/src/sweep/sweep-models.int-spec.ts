import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  FolderStore,
  modelChangeKey,
  modelUploadKey,
  newModelChangeId,
  openModelsQueue,
  submitModelChange,
} from '#jobs';
import { aliasKey, onnxKey, recordKey, weightsKey } from '#models/catalog';
import { putTestModel, testModelRecord } from '../../../../test/model-record.js';
import { withFolder } from '../../../../test/with-folder.js';
import { withRedis } from '../../../../test/with-redis.js';
import { sweepModelFiles, sweepModelUploads } from './sweep-models.js';

const hour = 3_600_000;

function withStore(run: (store: FolderStore) => Promise<void>): Promise<void> {
  return withFolder((folder) => run(new FolderStore(folder)));
}

async function putAll(store: FolderStore, keys: readonly string[]): Promise<void> {
  for (const key of keys) await store.put(key, Buffer.from('bytes'));
}

async function keysOf(store: FolderStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys.sort();
}

/** The files that a registration of `fan` 1.0.0 stores. */
function filesOf(content: string): string[] {
  const record = { ...testModelRecord('fan'), content };
  return [onnxKey(record), weightsKey(record, 'model.h5')];
}

describe('the sweep of files of models', () => {
  it('removes what no record names, and leaves what one names, and aliases, however old they are', () =>
    withStore(async (store) => {
      const record = await putTestModel(store, 'fan');
      const kept = [...filesOf(record.content), aliasKey({ name: 'fan', alias: 'stable' })];
      await putAll(store, [...kept, ...filesOf(randomUUID())]);
      expect(await sweepModelFiles(store, hour, Date.now() + 2 * hour)).toBe(2);
      expect(await keysOf(store)).toEqual([...kept, recordKey('fan', '1.0.0')].sort());
    }));

  it('removes the files of a version that has no record', () =>
    withStore(async (store) => {
      await putAll(store, filesOf(randomUUID()));
      expect(await sweepModelFiles(store, hour, Date.now() + 2 * hour)).toBe(2);
      expect(await keysOf(store)).toEqual([]);
    }));

  it('leaves the files of a version whose record is damaged: they may be what it named', () =>
    withStore(async (store) => {
      await putAll(store, [recordKey('fan', '1.0.0'), ...filesOf(randomUUID())]);
      expect(await sweepModelFiles(store, hour, Date.now() + 2 * hour)).toBe(0);
    }));

  it('leaves what a registration that is under way may have stored: for ten minutes, whatever the age of leftovers', () =>
    withStore(async (store) => {
      await putAll(store, filesOf(randomUUID()));
      expect(await sweepModelFiles(store, 1000, Date.now() + 590_000)).toBe(0);
      expect(await sweepModelFiles(store, 1000, Date.now() + 610_000)).toBe(2);
    }));
});

describe('the sweep of archives of bundles', () => {
  it('removes those whose change has ended or was never asked for, once they are old, and leaves those that wait', () =>
    withRedis((redis) =>
      redis.ask((connection) =>
        withStore(async (store) => {
          const [waiting, ended, unasked] = [newModelChangeId(), newModelChangeId(), newModelChangeId()];
          await putAll(store, [waiting, ended, unasked].map(modelUploadKey));
          const queue = openModelsQueue(connection);
          const change = { change: 'register', name: 'fan', version: '1.0.0', requestId: 'test' } as const;
          for (const id of [waiting, ended]) await submitModelChange(queue, id, change);
          await connection.hset(modelChangeKey(ended), 'finishedOn', Date.now());
          expect(await sweepModelUploads(connection, store, Date.now() - hour)).toBe(0);
          expect(await sweepModelUploads(connection, store, Date.now() + hour)).toBe(2);
          expect(await keysOf(store)).toEqual([modelUploadKey(waiting)]);
          await queue.close();
        }),
      ),
    ));
});
