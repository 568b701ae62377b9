import { randomUUID } from 'node:crypto';

import { canonicalJson, modelDigest, sha256, type FileContent } from './bundle/model-digest.js';
import { convertNetwork, type OpenReference } from './bundle/convert-network.js';
import { checkOnnx } from './bundle/check-onnx.js';
import { readBundle, type Bundle } from './bundle/read-bundle.js';
import { requireCardFitsNetwork, requireFeatures } from './bundle/card-fits-network.js';
import type { BundleStore } from './bundle-store.js';
import { onnxKey, readModelRecord, recordKey, weightsKey, type ModelRecord } from './catalog.js';
import { openTfjsWasm } from './engines/tfjs-wasm.js';
import { ModelError, refusal } from './errors.js';
import { importWeights } from './import/import-weights.js';
import type { ImportedModel } from './import/imported-model.js';
import { featureShape } from './input/feature-shape.js';
import type { Value } from './network/graph.js';
import { removeContent } from './remove-version.js';

export interface RegisterOptions {
  /** For the record's time. */
  now?: () => Date;
  /** What the card must be of. Default: whatever it says. */
  expected?: { name: string; version: string };
  /** Called before the import, so that what it starts goes on meanwhile. Default: TensorFlow.js in this thread. */
  startReference?: () => OpenReference;
}

/**
 * Registers the model in a folder: imports its weights, converts them to ONNX, checks the conversion and stores both.
 * Safe to run twice and at the same time: each run has files of its own, and the record, created last and only where
 * there is none, decides. A run that comes too late removes its files; those of one that dies are swept.
 *
 * @returns `created: false` if the very same version was there already; then nothing is written
 * @throws ModelError `model_refused` if anything about the bundle is not supported, `model_version_conflict` if the
 *   version is taken by other content
 */
export async function registerBundle(
  folder: string,
  store: BundleStore,
  { now = () => new Date(), expected, startReference = () => openTfjsWasm }: RegisterOptions = {},
): Promise<{ record: ModelRecord; created: boolean }> {
  const bundle = await readBundle(folder);
  if (expected) requireExpected(bundle, expected);
  const files = [...bundle.weights].map(([path, bytes]) => ({ path, ...describe(bytes) }));
  const digest = modelDigest(bundle.cardText, files);
  const known = await readOwnRecord(store, bundle, digest);
  if (known) return { record: known, created: false };
  const { record, onnx } = await convert(bundle, { digest, files }, { now, startReference });
  try {
    await storeFiles(store, record, bundle, onnx);
    return await createRecord(store, record, bundle);
  } catch (error) {
    // An unknown outcome keeps its files: the record may be there.
    if (error instanceof ModelError) await removeContent(store, record);
    throw error;
  }
}

function requireExpected({ card }: Bundle, { name, version }: { name: string; version: string }): void {
  if (card.name !== name || card.version !== version)
    throw refusal(
      `the card is of ${card.name} ${card.version}, and it is to be registered as ${name} ${version}: change the card, or the address`,
    );
}

async function createRecord(
  store: BundleStore,
  record: ModelRecord,
  bundle: Bundle,
): Promise<{ record: ModelRecord; created: boolean }> {
  const key = recordKey(record.name, record.version);
  if (await store.create(key, jsonBytes(record), { contentType: 'application/json' })) return { record, created: true };
  const known = await readOwnRecord(store, bundle, record.digest);
  // The reply to a first try may have been lost, and the record then is this one.
  if (known?.content === record.content) return { record, created: true };
  // Another has registered the same meanwhile, or it was removed in this moment.
  if (known === undefined) return createRecord(store, record, bundle);
  await removeContent(store, record);
  return { record: known, created: false };
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

async function convert(
  { card, format, weights }: Bundle,
  { digest, files }: { digest: string; files: FileContent[] },
  { now, startReference }: Required<Pick<RegisterOptions, 'now' | 'startReference'>>,
) {
  const openReference = format === 'onnx' ? undefined : startReference();
  const imported = await importWeights(card, weights, { inputShape: featureShape(card) });
  const network = describeNetwork(imported);
  requireCardFitsNetwork(card, network);
  requireFeatures(card);
  const { onnx, check } =
    imported.format === 'onnx'
      ? { onnx: imported.onnx, check: await checkOnnx(imported) }
      : await convertNetwork(imported.network, { openReference });
  const { name, version, groupLimit } = card;
  const content = randomUUID();
  const record: ModelRecord = {
    ...{ name, version, digest, content, card, network },
    groupLimit: imported.format === 'onnx' && imported.rows !== 'any' ? imported.rows : groupLimit,
    files: {
      weights: files,
      onnx: { key: onnxKey({ name, version, digest, content }), ...describe(onnx) },
    },
    check,
    registeredAt: now().toISOString(),
  };
  return { record, onnx };
}

function describeNetwork(imported: ImportedModel): ModelRecord['network'] {
  const { inputs, outputs } = imported.format === 'onnx' ? imported : imported.network;
  const described = (values: readonly Value[]) => values.map(({ name, shape }) => ({ name, shape: [...shape] }));
  return {
    format: imported.format,
    layers: imported.layers,
    inputs: described(inputs),
    outputs: described(outputs),
  };
}

async function storeFiles(
  store: BundleStore,
  record: ModelRecord,
  { weights }: Bundle,
  onnx: Uint8Array,
): Promise<void> {
  const putWeights = async () => {
    for (const [path, bytes] of weights) await store.put(weightsKey(record, path), bytes);
  };
  // Both end before a failure is told, so that whoever removes what they have written leaves nothing.
  const puts = await Promise.allSettled([putWeights(), store.put(record.files.onnx.key, onnx)]);
  for (const put of puts) if (put.status === 'rejected') throw put.reason;
}

function describe(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}
