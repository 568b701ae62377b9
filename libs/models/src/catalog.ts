import { z } from 'zod';

import { getIfPresent, type BundleStore } from './bundle-store.js';
import { modelCardSchema } from './card.js';
import { refusal } from './errors.js';

export type { BundleStore } from './bundle-store.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const storedFile = { bytes: z.int().min(1), sha256 };

/** An input or an output of a network: its shape leaves out the batch axis. */
const tensorSchema = z.object({ name: z.string(), shape: z.array(z.int().min(1)) });

/** A registered version: what it is, where its files lie in the store, and how it was checked. Never changed. */
export const modelRecordSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** Of the card in canonical form and the weights: equal digests predict the same. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  card: modelCardSchema,
  network: z.object({
    /** What the weights came as. */
    format: z.enum(['keras-hdf5', 'keras', 'tfjs-layers', 'tfjs-graph', 'onnx']),
    /** How many layers, or operations of a graph, the file has. */
    layers: z.int().min(0),
    inputs: z.array(tensorSchema).length(1),
    outputs: z.array(tensorSchema).min(1),
  }),
  /** Most inputs in one call of the network. */
  groupLimit: z.int().min(1),
  files: z.object({
    /** As they came. `path` is the name inside the bundle; the object is at {@link weightsKey}. */
    weights: z.array(z.object({ path: z.string(), ...storedFile })).min(1),
    onnx: z.object({ key: z.string(), ...storedFile }),
  }),
  check: z.object({
    /** The engine that ONNX Runtime was compared with. */
    reference: z.string(),
    /** Largest |difference| of an output on the probe input. */
    largestDifference: z.number().min(0),
  }),
  registeredAt: z.iso.datetime(),
});
export type ModelRecord = z.infer<typeof modelRecordSchema>;

const root = 'models/';

/** Where a version's record lies. Its presence is what registers the version. */
export function recordKey(name: string, version: string): string {
  return `${root}${name}/versions/${version}/record.json`;
}

/**
 * Where the files of some content lie. The digest is part of it, so that two bundles registered at the same moment
 * under one version cannot mix their files: whichever record stays names files that belong together.
 */
export function contentPrefix({ name, version, digest }: Pick<ModelRecord, 'name' | 'version' | 'digest'>): string {
  return `${root}${name}/versions/${version}/${digest.slice('sha256:'.length)}/`;
}

/** Where the network that is served lies. */
export function onnxKey(record: Pick<ModelRecord, 'name' | 'version' | 'digest'>): string {
  return `${contentPrefix(record)}model.onnx`;
}

/** Where a weights file of the bundle lies. */
export function weightsKey(record: Pick<ModelRecord, 'name' | 'version' | 'digest'>, path: string): string {
  return `${contentPrefix(record)}weights/${path}`;
}

/**
 * The record of a version, or undefined when there is none.
 *
 * @throws ModelError if the stored object is not a record of that version
 */
export async function readModelRecord(
  store: BundleStore,
  name: string,
  version: string,
): Promise<ModelRecord | undefined> {
  const key = recordKey(name, version);
  const bytes = await getIfPresent(store, key);
  return bytes === undefined ? undefined : parseRecord(bytes, key);
}

/** The versions in a store, and what else lies where their records should. */
export interface Catalog {
  /** In no particular order. */
  records: ModelRecord[];
  /** Objects that are not records; they are left alone. */
  skipped: { key: string; reason: string }[];
}

/** Reads every record of a store. */
export async function listModelRecords(store: BundleStore): Promise<Catalog> {
  const catalog: Catalog = { records: [], skipped: [] };
  for await (const { key } of store.list(root)) {
    if (!key.endsWith('/record.json')) continue;
    const bytes = await getIfPresent(store, key);
    if (bytes === undefined) continue;
    try {
      catalog.records.push(parseRecord(bytes, key));
    } catch (error) {
      catalog.skipped.push({ key, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return catalog;
}

function parseRecord(bytes: Uint8Array, key: string): ModelRecord {
  let record: ModelRecord;
  try {
    record = modelRecordSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw refusal(`the stored object ${key} is not a model record; remove it and register the version again`, cause);
  }
  if (recordKey(record.name, record.version) === key) return record;
  throw refusal(`the stored object ${key} is the record of ${record.name} ${record.version}; remove it`);
}
