import { aliasesOf } from './aliases.js';
import type { BundleStore } from './bundle-store.js';
import { contentPrefix, readModelRecord, recordKey, type ModelRecord } from './catalog.js';
import { ModelError } from './errors.js';

/**
 * Removes a version: its record first, which makes it unknown, and then the files that the record names. Safe to repeat.
 * What a process that dies in between leaves is named by no record, and is swept. A registration of the same version at
 * the same moment has files of its own, which stay.
 *
 * @throws ModelError `model_in_use` if an alias names the version
 */
export async function removeVersion(store: BundleStore, name: string, version: string): Promise<void> {
  const naming = (await aliasesOf(store, name)).filter((alias) => alias.version === version);
  if (naming.length > 0) {
    const aliases = naming.map(({ alias }) => alias).join(', ');
    throw new ModelError('model_in_use', `${name} ${version} has the alias ${aliases}; move or remove that first`);
  }
  const record = await readIfReadable(store, name, version);
  await store.delete(recordKey(name, version));
  if (record) await removeContent(store, record);
}

/** Removes the files of one registration. */
export async function removeContent(
  store: BundleStore,
  record: Pick<ModelRecord, 'name' | 'version' | 'digest' | 'content'>,
): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of store.list(contentPrefix(record))) keys.push(key);
  for (const key of keys) await store.delete(key);
}

/** A damaged record names no files; it can be removed all the same. */
async function readIfReadable(store: BundleStore, name: string, version: string): Promise<ModelRecord | undefined> {
  try {
    return await readModelRecord(store, name, version);
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}
