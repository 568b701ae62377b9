import { aliasKey, type ModelAlias } from './aliases.js';
import type { BundleStore } from './bundle-store.js';
import { readModelRecord } from './catalog.js';
import { ModelError } from './errors.js';

/**
 * Gives an alias to a version, in place of the one that had it. Safe to repeat.
 *
 * @throws ModelError `model_not_found` if the version is not registered
 */
export async function setAlias(
  store: BundleStore,
  asked: Pick<ModelAlias, 'name' | 'alias' | 'version'>,
  now: Date,
): Promise<ModelAlias> {
  const { name, alias, version } = asked;
  if ((await readModelRecord(store, name, version)) === undefined)
    throw new ModelError('model_not_found', `${name} ${version} is not registered; an alias names a version that is`);
  const given = { name, alias, version, changedAt: now.toISOString() };
  await store.put(aliasKey(asked), new TextEncoder().encode(JSON.stringify(given)), {
    contentType: 'application/json',
  });
  return given;
}
