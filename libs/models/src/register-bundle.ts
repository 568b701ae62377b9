import { canonicalJson, modelDigest, sha256 } from './bundle/model-digest.js';
import { checkEngines } from './bundle/check-engines.js';
import { readBundle, type Bundle } from './bundle/read-bundle.js';
import { requireCardFitsNetwork, requireFeatures } from './bundle/card-fits-network.js';
import type { BundleStore } from './bundle-store.js';
import { onnxKey, readModelRecord, recordKey, weightsKey, type ModelRecord } from './catalog.js';
import { ModelError } from './errors.js';
import { importWeights } from './import/import-weights.js';
import { writeOnnx } from './onnx/write-onnx.js';

/**
 * Registers the model in a folder: imports its weights, converts them to ONNX, checks the conversion and stores both.
 * Safe to run twice and at the same time: files of equal content are equal, and the record, written last, decides.
 *
 * @param now for the record's time
 * @returns `created: false` if the very same version was there already; then nothing is written
 * @throws ModelError `model_refused` if anything about the bundle is not supported, `model_version_conflict` if the
 *   version is taken by other content
 */
export async function registerBundle(
  folder: string,
  store: BundleStore,
  now: () => Date = () => new Date(),
): Promise<{ record: ModelRecord; created: boolean }> {
  const bundle = await readBundle(folder);
  const digest = modelDigest(bundle);
  const known = await readOwnRecord(store, bundle, digest);
  if (known) return { record: known, created: false };
  const { record, onnx } = await convert(bundle, digest, now);
  await storeFiles(store, record, bundle, onnx);
  const rival = await readOwnRecord(store, bundle, digest);
  if (rival) return { record: rival, created: false };
  await store.put(recordKey(record.name, record.version), jsonBytes(record), { contentType: 'application/json' });
  return { record, created: true };
}

/** The version's record if it has this digest, undefined if there is none. */
async function readOwnRecord(
  store: BundleStore,
  { card: { name, version } }: Bundle,
  digest: string,
): Promise<ModelRecord | undefined> {
  const record = await readModelRecord(store, name, version);
  if (record === undefined || record.digest === digest) return record;
  throw new ModelError(
    'model_version_conflict',
    `${name} ${version} is registered with other content (${record.digest}, not ${digest}); give this one a new version`,
  );
}

async function convert({ card, weights }: Bundle, digest: string, now: () => Date) {
  const network = await importWeights(card.weights, weights);
  requireCardFitsNetwork(card, network);
  requireFeatures(card);
  const onnx = writeOnnx(network);
  const check = await checkEngines(network, onnx);
  const { name, version, groupLimit } = card;
  const record: ModelRecord = {
    ...{ name, version, digest, card, groupLimit },
    network: {
      format: 'keras-hdf5',
      layers: network.layers.length,
      inputs: [{ name: 'input', shape: [...network.inputShape] }],
      outputs: [{ name: 'output', shape: [...network.outputShape] }],
    },
    files: {
      weights: [...weights].map(([path, bytes]) => ({ path, ...describe(bytes) })),
      onnx: { key: onnxKey({ name, version, digest }), ...describe(onnx) },
    },
    check,
    registeredAt: now().toISOString(),
  };
  return { record, onnx };
}

async function storeFiles(
  store: BundleStore,
  record: ModelRecord,
  { weights }: Bundle,
  onnx: Uint8Array,
): Promise<void> {
  for (const [path, bytes] of weights) await store.put(weightsKey(record, path), bytes);
  await store.put(record.files.onnx.key, onnx);
}

function describe(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}
