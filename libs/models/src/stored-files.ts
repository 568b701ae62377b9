import type { BundleStore } from './bundle-store.js';
import { sha256 } from './bundle/model-digest.js';
import { weightsKey, type ModelRecord } from './catalog.js';
import { refusal } from './errors.js';
import type { WeightsFiles } from './import/import-weights.js';

/**
 * The ONNX file of a record.
 *
 * @throws ModelError if the stored object is not what was registered
 */
export function readStoredOnnx(store: BundleStore, { files: { onnx } }: ModelRecord): Promise<Uint8Array> {
  return readChecked(store, onnx.key, onnx.sha256);
}

/**
 * The weights files of a record.
 *
 * @throws ModelError if a stored object is not what was registered
 */
export async function readStoredWeights(store: BundleStore, record: ModelRecord): Promise<WeightsFiles> {
  const files = new Map<string, Uint8Array>();
  for (const { path, sha256 } of record.files.weights)
    files.set(path, await readChecked(store, weightsKey(record, path), sha256));
  return files;
}

async function readChecked(store: BundleStore, key: string, expected: string): Promise<Uint8Array> {
  const bytes = await store.get(key);
  if (sha256(bytes) === expected) return bytes;
  throw refusal(`the stored object ${key} is not what was registered; remove the version and register it again`);
}
